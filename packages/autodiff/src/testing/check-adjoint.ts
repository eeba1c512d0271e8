import { jvp } from "../transforms/jvp.js";
import { vjp } from "../transforms/vjp.js";
import { DerivativeError } from "./derivative-error.js";
import { randomCotangent, randomDirection, randomFrom, scalesOf, smallestFailing } from "./directions.js";
import { innerProduct, numbersOf, productSize, tensorsOf, type Problem } from "./problem.js";
import { measured, agree } from "./rounding.js";

/**
 * Reverse mode is the transpose of forward mode: <u, J v> = <J^T u, v>.
 *
 * @throws DerivativeError with the smallest failing direction v
 */
export function checkAdjoint(problem: Problem, seed: number): void {
  const { xs, ys, f, epsilon } = problem;
  const random = randomFrom(seed);
  const scales = scalesOf(xs);
  const u = randomCotangent(ys, random);
  const { pullback } = vjp(f, xs);
  const pushed = (v: Float64Array) => numbersOf(jvp(f, [xs], [tensorsOf(v, xs)]).tangent);
  const pulled = (w: Float64Array) => numbersOf(pullback(tensorsOf(w, ys))[0]);
  const transposed = pulled(u);
  const found = smallestFailing(
    randomDirection(xs, random).map((value, i) => value * scales[i]!),
    (v) => {
      const forward = measured(v, (w) => innerProduct(u, pushed(w)));
      const reverse = measured(u, (w) => innerProduct(pulled(w), v));
      const size = productSize(u, pushed(v)) + productSize(transposed, v);
      return agree(forward, reverse, epsilon * size) ? undefined : { forward, reverse };
    },
  );
  if (found === undefined) return;
  const direction = tensorsOf(found.direction, xs);
  const { forward, reverse } = found.failure;
  throw new DerivativeError(
    `reverse mode is not the transpose of forward mode at x = ${xs.join(", ")}:\n` +
      `<u, J v> = ${String(forward.value)}, but <J^T u, v> = ${String(reverse.value)}\n` +
      `for v = ${direction.join(", ")} and u = ${tensorsOf(u, ys).join(", ")}`,
    { law: "adjoint", order: 1, mode: "both", direction },
  );
}
