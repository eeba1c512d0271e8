import { DerivativeError } from "./derivative-error.js";
import { randomCotangent, randomDirection, randomFrom, smallestFailing } from "./directions.js";
import { forwardExpansion, reverseExpansion } from "./expansion.js";
import { tensorsOf, type Problem } from "./problem.js";
import { slopeFailure } from "./slope.js";

/** Which Taylor expansion to check. */
export interface TaylorOptions {
  readonly order: 1 | 2;
  readonly mode: "forward" | "reverse";
  readonly seed: number;
}

/**
 * The Taylor test: the error of f(x + h v) - f(x) - h J v falls as h^2, minus h^2 / 2 v'Hv as h^3. In reverse mode f is
 * first made a number, <u, f>.
 *
 * @throws DerivativeError with the smallest failing direction
 */
export function checkTaylor(problem: Problem, { order, mode, seed }: TaylorOptions): void {
  const random = randomFrom(seed);
  const v = randomDirection(problem.xs, random);
  const u = randomCotangent(problem.ys, random);
  const expansion =
    mode === "forward" ? forwardExpansion(problem, order) : reverseExpansion(problem, u, order);
  const found = smallestFailing(v, (direction) => slopeFailure(problem, expansion, direction, order));
  if (found === undefined) return;
  const direction = tensorsOf(found.direction, problem.xs);
  const { entry, steps, missed } = found.failure;
  const where =
    mode === "forward"
      ? `element ${String(entry)} of the value`
      : `<u, f> with u = ${String(tensorsOf(u, problem.ys))}`;
  const table = steps.map((h, k) => `  h = ${h.toExponential(1)}: ${missed[k]!.toExponential(3)}`);
  throw new DerivativeError(
    `the derivative of order ${String(order)} in ${mode} mode is wrong along v = ${direction.join(", ")}\n` +
      `at x = ${problem.xs.join(", ")}, for ${where}.\n` +
      `The error of the Taylor expansion should fall as h^${String(order + 1)}, but it is\n${table.join("\n")}\n` +
      "(h relative to the size of x). Look at the rules of the operations, or for a kink near x",
    { law: "taylor", order, mode, direction },
  );
}
