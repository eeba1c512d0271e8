import type { Tensor } from "@cotangent/core-tensor";
import { jvp } from "../transforms/jvp.js";
import { vjp } from "../transforms/vjp.js";
import { DerivativeError } from "./derivative-error.js";
import { randomCotangent, randomDirection, randomFrom, scalesOf, smallestFailing } from "./directions.js";
import { gradientOf } from "./expansion.js";
import { innerProduct, numbersOf, productSize, tensorsOf, type Problem } from "./problem.js";
import { agree, measured } from "./rounding.js";

/**
 * Second derivatives are symmetric: with H the Hessian of <u, f>, <w, H v> by forward over forward or forward over
 * reverse mode is <v, H w> by the same, and by reverse over reverse mode.
 *
 * @throws DerivativeError with the smallest failing direction v
 */
export function checkSymmetric(
  problem: Problem,
  modes: readonly ("forward" | "reverse")[],
  seed: number,
): void {
  const { xs, ys, epsilon } = problem;
  const random = randomFrom(seed);
  const scales = scalesOf(xs);
  const scaled = () => randomDirection(xs, random).map((value, i) => value * scales[i]!);
  const u = randomCotangent(ys, random);
  const w = scaled();
  const products = modes.flatMap((mode) => hessianProducts(problem, u, mode));
  const found = smallestFailing(scaled(), (v) => {
    const [first, ...others] = [
      ...products.map((product) => measured(v, (d) => product(d, w))),
      ...products.map((product) => measured(w, (d) => product(d, v))),
    ];
    const sizes = products.map((product) => Math.abs(product(v, w)));
    const wrong = others.find(
      (other) => !agree(first!, other, epsilon * Math.max(...sizes, sizeOf(problem, modes, u, v, w))),
    );
    return wrong === undefined ? undefined : { left: first!.value, right: wrong.value };
  });
  if (found === undefined) return;
  const direction = tensorsOf(found.direction, xs);
  throw new DerivativeError(
    `the second derivative is not symmetric, or differs between modes, at x = ${xs.join(", ")}:\n` +
      `<w, H v> = ${String(found.failure.left)}, but also ${String(found.failure.right)}\n` +
      `for v = ${direction.join(", ")}, w = ${tensorsOf(w, xs).join(", ")} and H the Hessian of <u, f>, ` +
      `u = ${tensorsOf(u, ys).join(", ")}`,
    { law: "symmetric", order: 2, mode: modes.length === 1 ? modes[0]! : "both", direction },
  );
}

/** (v, w) -> <w, H v>, linear in v, one for each way to compute it. */
function hessianProducts(problem: Problem, u: Float64Array, mode: "forward" | "reverse") {
  const { xs } = problem;
  if (mode === "forward") {
    return [(v: Float64Array, w: Float64Array) => innerProduct(u, secondDerivative(problem, v, w))];
  }
  const gradient = gradientOf(problem, u);
  const { pullback } = vjp(gradient, xs);
  return [
    (v: Float64Array, w: Float64Array) =>
      innerProduct(w, numbersOf(jvp(gradient, [xs], [tensorsOf(v, xs)]).tangent)),
    (v: Float64Array, w: Float64Array) => innerProduct(w, numbersOf(pullback(tensorsOf(v, xs))[0])),
  ];
}

/** D^2 f(x)[v, w], by forward over forward mode. */
function secondDerivative({ f, xs }: Problem, v: Float64Array, w: Float64Array): Float64Array {
  const along = (x: readonly Tensor[]) => jvp(f, [x], [tensorsOf(w, xs)]).tangent;
  return numbersOf(jvp(along, [xs], [tensorsOf(v, xs)]).tangent);
}

/** The size of the terms that <w, H v> sums: over the elements of x, and (forward) over those of the value. */
function sizeOf(
  problem: Problem,
  modes: readonly ("forward" | "reverse")[],
  u: Float64Array,
  v: Float64Array,
  w: Float64Array,
): number {
  const gradient = gradientOf(problem, u);
  const hv = (x: Float64Array) => numbersOf(jvp(gradient, [problem.xs], [tensorsOf(x, problem.xs)]).tangent);
  const overValue = modes.includes("forward") ? productSize(u, secondDerivative(problem, v, w)) : 0;
  return productSize(w, hv(v)) + productSize(v, hv(w)) + overValue;
}
