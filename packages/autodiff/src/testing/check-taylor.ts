import { failed } from "./derivative-error.js";
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
  const { entry, steps, missed, direction: along, derivative, quotient } = found.failure;
  const direction = problem.treeOf(tensorsOf(along, problem.xs));
  const where = mode === "forward" ? `element ${String(entry)} of the value` : "<u, f>";
  const remainder = order === 1 ? "f(x + h v) - f(x) - h f'v" : "f(x + h v) - f(x) - h f'v - h^2/2 f''vv";
  const name = order === 1 ? "f'v" : "f''vv";
  throw failed(
    { law: "taylor", order, mode, point: problem.point, direction, seed },
    {
      headline: `the derivative of order ${String(order)} in ${mode} mode is wrong along v, for ${where}`,
      values: { v: direction, ...(mode === "reverse" ? { u: tensorsOf(u, problem.ys) } : {}) },
      lines: [
        `${remainder} should fall as h^${String(order + 1)}, but it is`,
        ...steps.map((h, k) => `  ${missed[k]!.toExponential(3)} at h = ${h.toExponential(1)}`),
        `which is as if ${name} were ${quotient.toPrecision(5)}, not ${derivative.toPrecision(5)}.`,
        "Look at the derivative rules in f, or for a kink near x.",
      ],
    },
  );
}
