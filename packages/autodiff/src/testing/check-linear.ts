import { jvp } from "../transforms/jvp.js";
import { vjp } from "../transforms/vjp.js";
import { DerivativeError } from "./derivative-error.js";
import { randomDirection, randomFrom } from "./directions.js";
import { innerProduct, numbersOf, productSize, tensorsOf, type Problem } from "./problem.js";
import { agree, measured } from "./rounding.js";

const FACTOR = -3;

/**
 * A derivative is linear: J (a v + w) = a J v + J w, and the same for J^T. Both sides are compared after an inner
 * product with a random vector.
 *
 * @throws DerivativeError
 */
export function checkLinear(problem: Problem, seed: number): void {
  const { xs, ys, f } = problem;
  const { pullback } = vjp(f, xs);
  const pushed = (v: Float64Array) => numbersOf(jvp(f, [xs], [tensorsOf(v, xs)]).tangent);
  const pulled = (u: Float64Array) => numbersOf(pullback(tensorsOf(u, ys))[0]);
  const random = randomFrom(seed);
  const [v, w, p] = [randomDirection(xs, random), randomDirection(xs, random), randomDirection(xs, random)];
  const [a, b, q] = [randomDirection(ys, random), randomDirection(ys, random), randomDirection(ys, random)];
  compare(problem, "forward", pushed, [v, w, q]);
  compare(problem, "reverse", pulled, [a, b, p]);
}

function compare(
  { xs, epsilon }: Problem,
  mode: "forward" | "reverse",
  map: (v: Float64Array) => Float64Array,
  [v, w, probe]: readonly [Float64Array, Float64Array, Float64Array],
): void {
  const combined = v.map((value, i) => FACTOR * value + w[i]!);
  const left = measured(combined, (x) => innerProduct(probe, map(x)));
  const first = measured(v, (x) => innerProduct(probe, map(x)));
  const second = measured(w, (x) => innerProduct(probe, map(x)));
  const right = { value: FACTOR * first.value + second.value, noise: Math.max(first.noise, second.noise) };
  const size = [v, w, combined].reduce((total, x) => total + productSize(probe, map(x)), 0);
  if (agree(left, right, epsilon * size)) return;
  throw new DerivativeError(
    `the derivative in ${mode} mode is not linear at x = ${xs.join(", ")}: ` +
      `<p, J (a v + w)> = ${String(left.value)}, but a <p, J v> + <p, J w> = ${String(right.value)}`,
    { law: "linear", order: 1, mode, direction: mode === "forward" ? tensorsOf(combined, xs) : [] },
  );
}
