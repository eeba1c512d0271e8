import type { DType } from "../dtype/index.js";
import { functions as ownFunctions, withOwnFunctions } from "../host/functions/index.js";
import type { Prepared } from "../primitives/primitive.js";
import { sizeOf } from "../shape/index.js";
import { functions } from "../simd/index.js";
import type { FusedKernel } from "./fused-kernel.js";
import { fusedText } from "./fused-text.js";
import { compileVectors, savedTime, vectorKernel, type RunVectors } from "./vector/index.js";

/** Below this number of elements, the copies to and from the memory of WebAssembly cost more than vectors win. */
const SMALLEST = 128;

/** Elements that plain loops compute in the time in which vectors are written and compiled, roughly half a millisecond. */
const WORTHWHILE = 2 ** 17;

/**
 * A fused kernel as a function on arrays of these types: a plain loop, and vectors in WebAssembly once it has run over so
 * many elements that compiling these has paid for itself. Both have the same bits.
 */
export function loopOf(kernel: FusedKernel, inputs: readonly DType[], outputs: readonly DType[]): Prepared {
  const size = sizeOf(kernel.domain);
  if (size < SMALLEST) return plainLoop(kernel);
  let plain: Prepared | undefined;
  let vectors: RunVectors | undefined;
  let elements = 0;
  return (operands, results) => {
    if (vectors === undefined && (elements += size) >= WORTHWHILE) {
      vectors = vectorsOf(kernel, inputs, outputs);
      // Kernels of functions may be compiled beside, in pages: then it is tried again.
      elements = vectors === undefined && functions.state().status === "compiling" ? 0 : -Infinity;
    }
    if (vectors?.(operands, results) === true) return;
    (plain ??= plainLoop(kernel))(operands, results);
  };
}

/** Undefined where plain loops are faster, or the only ones there are. */
function vectorsOf(
  kernel: FusedKernel,
  inputs: readonly DType[],
  outputs: readonly DType[],
): RunVectors | undefined {
  const vector = vectorKernel(kernel, inputs, outputs);
  if (vector === undefined || savedTime(vector) < 0) return undefined;
  const reduced = vector.reductions.map(({ dtype }) => dtype);
  try {
    return compileVectors(vector, vector.rest && loopOf(vector.rest, [...inputs, ...reduced], outputs));
  } catch {
    // A policy that forbids it, or no SIMD.
    return undefined;
  }
}

/** A fused kernel as a loop in JavaScript. */
export function plainLoop(kernel: FusedKernel): Prepared {
  const text = withOwnFunctions(`return (operands, results) => { ${fusedText(kernel)} }`);
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- docs/decisions/0010: our own texts, never user input
  return (new Function("own", text) as (own: typeof ownFunctions) => Prepared)(ownFunctions);
}
