import { jvp } from "../transforms/jvp.js";
import { linearize } from "../transforms/linearize.js";
import { failed } from "./derivative-error.js";
import { randomCotangent, randomDirection, randomFrom, scalesOf, smallestFailing } from "./directions.js";
import { innerProduct, numbersOf, productSize, tensorsOf, type Problem } from "./problem.js";
import { measured, agree } from "./rounding.js";

/**
 * Reverse mode is the transpose of forward mode: <u, J v> = <J^T u, v>, with J v by forward mode and by a tape played
 * forwards, and J^T u by a tape played backwards.
 *
 * @throws DerivativeError with the smallest failing direction v
 */
export function checkAdjoint(problem: Problem, seed: number): void {
  const { xs, ys, f, epsilon, point } = problem;
  const random = randomFrom(seed);
  const scales = scalesOf(xs);
  const u = randomCotangent(ys, random);
  const { pushforward, pullback } = linearize(f, xs);
  const pushed = (v: Float64Array) => numbersOf(jvp(f, [xs], [tensorsOf(v, xs)]).tangent);
  const played = (v: Float64Array) => numbersOf(pushforward(tensorsOf(v, xs)));
  const pulled = (w: Float64Array) => numbersOf(pullback(tensorsOf(w, ys))[0]);
  const transposed = pulled(u);
  const found = smallestFailing(
    randomDirection(xs, random).map((value, i) => value * scales[i]!),
    (v) => {
      const forward = measured(v, (w) => innerProduct(u, pushed(w)), epsilon);
      const tape = measured(v, (w) => innerProduct(u, played(w)), epsilon);
      const reverse = measured(u, (w) => innerProduct(pulled(w), v), epsilon);
      const size = productSize(u, pushed(v)) + productSize(transposed, v);
      const agrees = agree(forward, reverse, epsilon * size) && agree(forward, tape, epsilon * size);
      return agrees ? undefined : { forward, tape, reverse };
    },
  );
  if (found === undefined) return;
  const direction = problem.treeOf(tensorsOf(found.direction, xs));
  const { forward, tape, reverse } = found.failure;
  throw failed(
    { law: "adjoint", order: 1, mode: "both", point, direction, seed },
    {
      headline: "reverse mode is not the transpose of forward mode",
      values: { v: direction, u: tensorsOf(u, ys) },
      lines: [
        `<u, J v> = ${String(forward.value)} by jvp`,
        `<u, J v> = ${String(tape.value)} by the pushforward of linearize`,
        `<J^T u, v> = ${String(reverse.value)} by its pullback`,
      ],
    },
  );
}
