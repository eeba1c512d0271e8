import {
  LeakedValueError,
  TracedValueError,
  tracedOf,
  type Abstract,
  type Tensor,
} from "@cotangent/core-tensor";
import { closureConvert, opaque, tree } from "@cotangent/autodiff";

type Leaves = readonly Tensor[];

/** A solve while a program is recorded: what it reads, what its answer is like, and how it is done. */
export interface RecordedSolve {
  readonly name: string;
  readonly inputs: Leaves;
  /** A tree like the answer: shapes have to be known before it is. */
  readonly like: tree.Flat;
  /** The conditions at an answer. */
  readonly residual: (x: unknown, inputs: Leaves) => unknown;
  /** The solve, differentiable by rules of its own. */
  readonly solve: (inputs: Leaves) => unknown;
}

/**
 * The solution as a line of the program that is recorded: solved, differentiated and certified when that runs, as it is
 * outside of `jit`.
 *
 * @throws TracedValueError when the conditions close over a value that is recorded or differentiated; so does the line,
 * where only `solve` closes over one
 * @throws TreeError (the line) for an answer that is not like `like`
 * @example
 * ```ts
 * // the square root, by a black box that is given its derivative by `implicit`
 * const squares = root((x: Tensor, theta: Tensor) => x.square().sub(theta));
 * const solve = implicit({ solve: (theta: Tensor) => tensor(Math.sqrt(theta.item())), conditions: squares });
 * const f = jit((theta: Tensor) => {
 *   const x = recordedSolution({
 *     name: "squareRoot",
 *     inputs: [theta],
 *     like: tree.flatten(theta),
 *     residual: (at, [value]) => squares.residual(at as Tensor, value!),
 *     solve: ([value]) => solve(value!),
 *   });
 *   return x.leaves[0]!;
 * });
 * f(9).item(); // => 3
 * grad(f)(4).item(); // => 0.25
 * ```
 */
export function recordedSolution({ name, inputs, like, residual, solve }: RecordedSolve): tree.Flat {
  const { structure } = like;
  const outputs = like.leaves.map(({ shape, dtype }) => ({ shape, dtype }));
  checkClosures(name, { structure, outputs, inputs, residual });
  const expected = { structure, leaves: outputs };
  const apply = (xs: Leaves): Leaves =>
    tree.flattenLike(
      expected,
      noLeaks(name, () => solve(xs)),
      `${name}: solution`,
    );
  return { structure, leaves: opaque({ name, outputs, apply }, inputs) };
}

interface Residual extends Pick<RecordedSolve, "inputs" | "residual"> {
  readonly structure: tree.Structure;
  readonly outputs: readonly Abstract[];
}

/** The conditions may depend on traced values through their arguments only: what they capture is gone when the line runs. */
function checkClosures(name: string, { structure, outputs, inputs, residual }: Residual): void {
  const n = outputs.length;
  const at = (xs: Leaves): Leaves =>
    tree.leaves(residual(tree.unflatten(structure, xs.slice(0, n)), xs.slice(n)));
  for (const capture of capturesOf(at, [...outputs, ...inputs])) {
    throw new TracedValueError(
      `${name}: the conditions close over a value traced by ${tracedOf(capture)!.trace.name}, and its derivative would be ` +
        "lost. Pass it in through theta, or apply stopGradient to it",
    );
  }
}

function capturesOf(f: (xs: Leaves) => Leaves, inputs: readonly Abstract[]): Leaves {
  try {
    return closureConvert(f, inputs).captures;
  } catch {
    // Conditions may ask for numbers, which are there when the line runs. Whatever is wrong with them is said then.
    return [];
  }
}

/** Runs the solve, after the recording has returned: a value of it that is met now was closed over. */
function noLeaks<R>(name: string, solve: () => R): R {
  try {
    return solve();
  } catch (error) {
    if (!(error instanceof LeakedValueError)) throw error;
    throw new TracedValueError(
      `${name}: ${error.value}, was captured by solve or by the conditions. Inside of jit they run when the compiled ` +
        "function does, and know only what they are given: pass it in through theta",
    );
  }
}
