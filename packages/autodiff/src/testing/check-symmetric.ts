import type { Tensor } from "@cotangent/core-tensor";
import { jvp } from "../transforms/jvp.js";
import { vjp } from "../transforms/vjp.js";
import { failed } from "./derivative-error.js";
import { randomCotangent, randomDirection, randomFrom, scalesOf, smallestFailing } from "./directions.js";
import { gradientOf } from "./expansion.js";
import { innerProduct, numbersOf, productSize, tensorsOf, type Problem } from "./problem.js";
import { agree, measured } from "./rounding.js";

/**
 * Second derivatives are symmetric: with H the Hessian of <u, f>, <w, H v> is <v, H w>, and the same by forward over
 * forward, forward over reverse, reverse over forward and reverse over reverse mode.
 *
 * @throws DerivativeError with the smallest failing direction v
 */
export function checkSymmetric(
  problem: Problem,
  modes: readonly ("forward" | "reverse")[],
  seed: number,
): void {
  const { xs, ys, epsilon, point, treeOf } = problem;
  const random = randomFrom(seed);
  const scales = scalesOf(xs);
  const scaled = () => randomDirection(xs, random).map((value, i) => value * scales[i]!);
  const u = randomCotangent(ys, random);
  const w = scaled();
  const products = hessianProducts(problem, u, modes);
  const found = smallestFailing(scaled(), (v) => {
    const ways = products.flatMap(({ name, product }) => [
      { name: `<w, H v> ${name}`, ...measured(v, (d) => product(d, w), epsilon) },
      { name: `<v, H w> ${name}`, ...measured(w, (d) => product(d, v), epsilon) },
    ]);
    const sizes = ways.map(({ value }) => Math.abs(value));
    const rounding = epsilon * Math.max(...sizes, sizeOf(problem, modes, u, v, w));
    return ways.every((way) => agree(ways[0]!, way, rounding)) ? undefined : ways;
  });
  if (found === undefined) return;
  const direction = treeOf(tensorsOf(found.direction, xs));
  const mode = modes.length === 1 ? modes[0]! : "both";
  throw failed(
    { law: "symmetric", order: 2, mode, point, direction, seed },
    {
      headline:
        "the second derivative is not symmetric, or differs between modes: with H the Hessian of <u, f>",
      values: { v: direction, w: treeOf(tensorsOf(w, xs)), u: tensorsOf(u, ys) },
      lines: found.failure.map(({ name, value }) => `  ${name}: ${String(value)}`),
    },
  );
}

/** A way to compute <w, H v>, linear in v. */
interface HessianProduct {
  readonly name: string;
  readonly product: (v: Float64Array, w: Float64Array) => number;
}

/** Every way with the given modes; forward over reverse belongs to reverse. */
function hessianProducts(
  problem: Problem,
  u: Float64Array,
  modes: readonly ("forward" | "reverse")[],
): readonly HessianProduct[] {
  const { f, xs, ys } = problem;
  const [forward, reverse] = [modes.includes("forward"), modes.includes("reverse")];
  const gradient = gradientOf(problem, u);
  const pullback = reverse ? vjp(gradient, xs).pullback : undefined;
  const along = (w: Float64Array) => (x: readonly Tensor[]) => jvp(f, [x], [tensorsOf(w, xs)]).tangent;
  const all: (HessianProduct & { readonly used: boolean })[] = [
    {
      name: "by forward over forward mode",
      used: forward,
      product: (v, w) => innerProduct(u, secondDerivative(problem, v, w)),
    },
    {
      name: "by forward over reverse mode",
      used: reverse,
      product: (v, w) => innerProduct(w, numbersOf(jvp(gradient, [xs], [tensorsOf(v, xs)]).tangent)),
    },
    {
      name: "by reverse over forward mode",
      used: forward && reverse,
      product: (v, w) => innerProduct(v, numbersOf(vjp(along(w), xs).pullback(tensorsOf(u, ys))[0])),
    },
    {
      name: "by reverse over reverse mode",
      used: reverse,
      product: (v, w) => innerProduct(w, numbersOf(pullback!(tensorsOf(v, xs))[0])),
    },
  ];
  return all.filter(({ used }) => used);
}

/** D^2 f(x)[v, w], by forward over forward mode. */
function secondDerivative({ f, xs }: Problem, v: Float64Array, w: Float64Array): Float64Array {
  const along = (x: readonly Tensor[]) => jvp(f, [x], [tensorsOf(w, xs)]).tangent;
  return numbersOf(jvp(along, [xs], [tensorsOf(v, xs)]).tangent);
}

/**
 * The size of the terms that <w, H v> sums: over the elements of x, and (forward) over those of the value. Where these
 * cancel inside of f, as in the second derivative of |x| = sqrt(x^2), rounding is that of the first derivative along v and
 * w, which are steps of the size of x.
 */
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
  const slope = numbersOf(gradient(problem.xs));
  const firstOrder = productSize(slope, v) + productSize(slope, w);
  return productSize(w, hv(v)) + productSize(v, hv(w)) + overValue + firstOrder;
}
