import type { DType } from "../../dtype/index.js";
import type { Prepared } from "../../primitives/primitive.js";
import type { FusedKernel } from "../fused-kernel.js";
import { compileVectors, type RunVectors } from "./compile-vectors.js";
import { savedTime } from "./saved-time.js";
import { vectorKernel } from "./vector-kernel.js";

/** Elements that plain loops compute in the time in which vectors are written and compiled, roughly half a millisecond. */
const WORTHWHILE = 2 ** 17;

/** Elements until it is tried again: pages may compile the kernels of functions beside the main thread. */
const AGAIN = 8 * WORTHWHILE;

/** Plain loops are as fast, or the only ones there are; or kernels of functions are not there yet. */
type None = "never" | "later";

/**
 * Vectors in place of a loop that is run again and again: undefined until that one has run over so many elements that
 * compiling has paid for itself. It is asked before every run, with the elements of that run.
 */
export function whenWorthwhile(
  compile: () => RunVectors | None,
): (elements: number) => RunVectors | undefined {
  let vectors: RunVectors | None = "later";
  let seen = 0;
  return (elements) => {
    if (vectors === "later" && (seen += elements) >= WORTHWHILE) {
      vectors = compile();
      seen = -AGAIN;
    }
    return typeof vectors === "function" ? vectors : undefined;
  };
}

/** Compiles a kernel; `loopOf` makes the loop of what is computed after its reductions. */
export function vectorsOf(
  kernel: FusedKernel,
  inputs: readonly DType[],
  outputs: readonly DType[],
  loopOf: (rest: FusedKernel, inputs: readonly DType[], outputs: readonly DType[]) => Prepared,
): RunVectors | None {
  const vector = vectorKernel(kernel, inputs, outputs);
  if (vector === undefined || savedTime(vector) < 0) return "never";
  const reduced = vector.reductions.map(({ dtype }) => dtype);
  const rest = vector.rest && loopOf(vector.rest, [...inputs, ...reduced], outputs);
  try {
    return compileVectors(vector, rest) ?? "later";
  } catch {
    // A policy that forbids it, or no SIMD.
    return "never";
  }
}
