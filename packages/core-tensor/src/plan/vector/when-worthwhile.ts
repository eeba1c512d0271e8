import type { DType } from "../../dtype/index.js";
import type { Prepared } from "../../primitives/primitive.js";
import type { FusedKernel } from "../fused-kernel.js";
import { compileVectors, type RunVectors } from "./compile-vectors.js";
import { savedTime } from "./saved-time.js";
import { vectorKernel, type VectorKernel } from "./vector-kernel.js";

/** Elements from which on it is worth a thought, which takes a tenth of a millisecond. */
const SEVERAL = 2 ** 17;

/** Nanoseconds that it takes to compile vectors, roughly. */
const COMPILING = 5e5;

/** Elements until it is tried again: pages may compile the kernels of functions beside the main thread. */
const AGAIN = 2 ** 20;

/** Vectors that may be compiled. */
interface Candidate {
  /** Elements for which they would have saved as much time as compiling takes. */
  readonly worthwhile: number;
  /** "never" where WebAssembly refuses, "later" where kernels of functions are not there yet. */
  readonly compile: () => RunVectors | "never" | "later";
}

/**
 * Vectors in place of a loop that is run again and again: undefined until compiling them would have paid for itself, which
 * costs at most twice what knowing the future would. It is asked before every run, with the elements of that run.
 */
export function whenWorthwhile(
  candidateOf: () => Candidate | undefined,
): (elements: number) => RunVectors | undefined {
  let run: RunVectors | undefined;
  let candidate: Candidate | undefined;
  let seen = 0;
  let next = SEVERAL;
  return (elements) => {
    if (run !== undefined || (seen += elements) < next) return run;
    candidate ??= candidateOf();
    next = Math.max(next, candidate?.worthwhile ?? Infinity);
    if (candidate === undefined || seen < next) return undefined;
    const compiled = candidate.compile();
    if (typeof compiled === "function") run = compiled;
    else next = compiled === "later" ? seen + AGAIN : Infinity;
    return run;
  };
}

/**
 * The vectors of a kernel, where they are faster than a plain loop; `loopOf` makes the loop of what is computed after its
 * reductions.
 */
export function candidateOf(
  kernel: FusedKernel,
  inputs: readonly DType[],
  outputs: readonly DType[],
  loopOf: (rest: FusedKernel, inputs: readonly DType[], outputs: readonly DType[]) => Prepared,
): Candidate | undefined {
  const vector = vectorKernel(kernel, inputs, outputs);
  return (
    vector &&
    candidate(vector, () => {
      const reduced = vector.reductions.map(({ dtype }) => dtype);
      return vector.rest && loopOf(vector.rest, [...inputs, ...reduced], outputs);
    })
  );
}

/** The vectors, where they are faster; `restOf` makes the loop of what is computed after reductions. */
export function candidate(vector: VectorKernel, restOf: () => Prepared | undefined): Candidate | undefined {
  const saved = savedTime(vector);
  if (saved <= 0) return undefined;
  const { outer, length, inner } = vector.parts;
  const compile = () => {
    const rest = restOf();
    try {
      return compileVectors(vector, rest) ?? "later";
    } catch {
      // A policy that forbids it, or no SIMD.
      return "never";
    }
  };
  return { worthwhile: (COMPILING / saved) * outer * length * inner, compile };
}
