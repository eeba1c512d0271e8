import { hostArray, tensor, type Tensor } from "@cotangent/core-tensor";
import type { Bilevel } from "./bilevel.js";
import { innerSolver } from "./inner-solver.js";

/** More coordinates than this are not needed to check a gradient. */
const mostCoordinates = 60;

/** Which entries of theta are checked: all of them, or as many as there is time for, evenly spread. */
export function checkedCoordinates(features: number): number[] {
  const count = Math.min(features, mostCoordinates);
  return Array.from({ length: count }, (_, i) => Math.floor((i * features) / count));
}

/**
 * The derivative of the validation loss in some log-penalties, by solving the inner problem anew on both sides:
 *
 *     (L(theta + h e_j) - L(theta - h e_j)) / 2h,      error O(h^2) + O(eps / h).
 *
 * h = 1e-4 balances the two for a function whose argument, a logarithm, has the scale 1.
 */
export function centralDifferences(
  problem: Bilevel,
  theta: Tensor,
  x0: Tensor,
  coordinates: readonly number[],
): number[] {
  const h = 1e-4;
  const solver = innerSolver(problem);
  const lossAt = (j: number, shift: number): number => {
    const moved = Float64Array.from(hostArray(theta, "central differences"), (value, i) =>
      i === j ? value + shift : value,
    );
    return problem.validationLoss(solver.run(x0, tensor(moved)).x).item();
  };
  return coordinates.map((j) => (lossAt(j, h) - lossAt(j, -h)) / (2 * h));
}
