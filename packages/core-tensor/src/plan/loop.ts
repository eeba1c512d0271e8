import type { DType } from "../dtype/index.js";
import type { Prepared } from "../primitives/primitive.js";
import { sizeOf } from "../shape/index.js";
import type { FusedKernel } from "./fused-kernel.js";
import { plainLoop } from "./plain-loop.js";
import { candidateOf, whenWorthwhile } from "./vector/index.js";

/** Below this number of elements, the copies to and from the memory of WebAssembly cost more than vectors win. */
const SMALLEST = 128;

/**
 * A fused kernel as a function on arrays of these types: a plain loop, or vectors in WebAssembly where they are faster.
 * Both have the same bits.
 */
export function loopOf(kernel: FusedKernel, inputs: readonly DType[], outputs: readonly DType[]): Prepared {
  const size = sizeOf(kernel.domain);
  if (size < SMALLEST) return plainLoop(kernel);
  let plain: Prepared | undefined;
  const vectors = whenWorthwhile(() => candidateOf(kernel, inputs, outputs, loopOf));
  return (operands, results) => {
    if (vectors(size)?.(operands, results) === true) return;
    (plain ??= plainLoop(kernel))(operands, results);
  };
}
