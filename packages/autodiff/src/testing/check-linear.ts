import type { Tensor } from "@cotangent/core-tensor";
import { jvp } from "../transforms/jvp.js";
import { vjp } from "../transforms/vjp.js";
import { failed } from "./derivative-error.js";
import { randomDirection, randomFrom, smallestFailing } from "./directions.js";
import { innerProduct, numbersOf, productSize, tensorsOf, type Problem } from "./problem.js";
import { agree, measured } from "./rounding.js";

const FACTOR = -3;

/** A derivative as a function of arrays, from tensors like `from` to tensors like `to`. */
interface Derivative {
  readonly mode: "forward" | "reverse";
  readonly map: (v: Float64Array) => Float64Array;
  readonly from: readonly Tensor[];
  readonly to: readonly Tensor[];
}

/**
 * A derivative is linear: J (a v + w) = a J v + J w, and the same for J^T. Both sides are compared after an inner
 * product with a random vector.
 *
 * @throws DerivativeError with the smallest failing directions v and w
 */
export function checkLinear(problem: Problem, seed: number): void {
  const { xs, ys, f } = problem;
  const { pullback } = vjp(f, xs);
  const pushed = (v: Float64Array) => numbersOf(jvp(f, [xs], [tensorsOf(v, xs)]).tangent);
  const pulled = (u: Float64Array) => numbersOf(pullback(tensorsOf(u, ys))[0]);
  compare(problem, { mode: "forward", map: pushed, from: xs, to: ys }, seed);
  compare(problem, { mode: "reverse", map: pulled, from: ys, to: xs }, seed);
}

function compare(
  { point, epsilon, treeOf }: Problem,
  { mode, map, from, to }: Derivative,
  seed: number,
): void {
  const random = randomFrom(seed);
  const p = randomDirection(to, random);
  const pair = Float64Array.from([...randomDirection(from, random), ...randomDirection(from, random)]);
  const found = smallestFailing(pair, (both) => {
    const [v, w] = halves(both);
    const combined = v.map((value, i) => FACTOR * value + w[i]!);
    const probed = (x: Float64Array) => measured(x, (y) => innerProduct(p, map(y)), epsilon);
    const [left, first, second] = [combined, v, w].map(probed);
    const value = FACTOR * first!.value + second!.value;
    const right = { value, noise: Math.max(first!.noise, second!.noise) };
    const size = [v, w, combined].reduce((total, x) => total + productSize(p, map(x)), 0);
    return agree(left!, right, epsilon * size) ? undefined : { left: left!, right };
  });
  if (found === undefined) return;
  const like = mode === "forward" ? treeOf : (ts: readonly Tensor[]) => ts;
  const [v, w] = halves(found.direction).map((x) => like(tensorsOf(x, from)));
  const { left, right } = found.failure;
  const derivative = mode === "forward" ? "J" : "J^T";
  throw failed(
    { law: "linear", order: 1, mode: "both", point, direction: mode === "forward" ? v! : [], seed },
    {
      headline: `the derivative in ${mode} mode is not linear`,
      values: { v, w, p: tensorsOf(p, to) },
      lines: [
        `<p, ${derivative} (a v + w)> = ${String(left.value)} with a = ${String(FACTOR)}`,
        `a <p, ${derivative} v> + <p, ${derivative} w> = ${String(right.value)}`,
      ],
    },
  );
}

function halves(both: Float64Array): readonly [Float64Array, Float64Array] {
  const middle = both.length / 2;
  return [both.slice(0, middle), both.slice(middle)];
}
