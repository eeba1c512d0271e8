import { checkAdjoint } from "./check-adjoint.js";
import { checkDTypes } from "./check-dtypes.js";
import { checkLinear } from "./check-linear.js";
import { checkSymmetric } from "./check-symmetric.js";
import { checkTaylor } from "./check-taylor.js";
import { problemOf, type ArgumentsOf } from "./problem.js";

/** What `checkDerivatives` checks, and how often. */
export interface CheckOptions {
  /** 2 checks second derivatives as well: their Taylor test and their symmetry. @defaultValue 1 */
  readonly order?: 1 | 2;
  /** The modes to check; with both also that one is the transpose of the other. @defaultValue ["forward", "reverse"] */
  readonly modes?: readonly ("forward" | "reverse")[];
  /** Number of random directions, each through all elements of all arguments at once. @defaultValue 3 */
  readonly directions?: number;
  /** Seed of the directions: the same seed, the same directions. @defaultValue 0 */
  readonly seed?: number;
}

/**
 * Checks the derivatives of f at a point against f itself and against each other:
 *
 * - the error of f(x + h v) - f(x) - h J v falls as h^2 over four step sizes, and with order 2 the error of
 *   f(x + h v) - f(x) - h J v - h^2/2 v'Hv as h^3, element by element, in each mode;
 * - <u, J v> = <J^T u, v>;
 * - J (a v + w) = a J v + J w;
 * - with order 2, <w, H v> = <v, H w>.
 *
 * There is no tolerance to choose: a falling error has no scale, and rounding errors are measured. The point must be
 * away from kinks of f, by more than about a hundredth of the size of x. Leaves that are not floating-point are held.
 *
 * @param args - the point: one tree for each argument of f
 * @throws DerivativeError naming the law, the mode and the smallest failing direction
 * @example
 * ```ts
 * import { checkDerivatives } from "@cotangent/autodiff/testing";
 *
 * checkDerivatives((x: Tensor) => x.sin().mul(x), [tensor([1, 2])], { order: 2 });
 *
 * const wrong = customJvp((x: Tensor) => x.square(), ([x], [t]) => ({ value: x.square(), tangent: x.mul(t) }));
 * let code = "none";
 * try {
 *   checkDerivatives(wrong, [tensor([1, 2])]);
 * } catch (error) {
 *   code = (error as CotangentError).code;
 * }
 * code; // => "DERIVATIVE"
 * ```
 */
export function checkDerivatives<A extends readonly unknown[]>(
  f: (...args: A) => unknown,
  args: ArgumentsOf<A>,
  { order = 1, modes = ["forward", "reverse"], directions = 3, seed = 0 }: CheckOptions = {},
): void {
  const problem = problemOf(f, args);
  for (let k = 0; k < directions; k++) {
    const own = seed + k;
    for (const mode of modes) {
      checkTaylor(problem, { order: 1, mode, seed: own });
      if (order === 2) checkTaylor(problem, { order: 2, mode, seed: own });
    }
    if (modes.length === 2) {
      checkDTypes(problem, own);
      checkAdjoint(problem, own);
      checkLinear(problem, own);
    }
    if (order === 2) checkSymmetric(problem, modes, own);
  }
}
