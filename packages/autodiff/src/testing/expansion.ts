import type { Tensor } from "@cotangent/core-tensor";
import { jvp } from "../transforms/jvp.js";
import { vjp } from "../transforms/vjp.js";
import { innerProduct, numbersOf, productSize, tensorsOf, type Problem } from "./problem.js";

/** What a Taylor expansion misses, and the size of the numbers that it is the difference of, entry by entry. */
interface Remainder {
  readonly missed: Float64Array;
  readonly size: Float64Array;
}

/** A Taylor expansion of order p at x. */
export interface Expansion {
  /** Step d and f(x + d) -> what the expansion misses. */
  remainder(d: Float64Array, moved: Float64Array): Remainder;
  /** The derivative of order p along v: J v, or D^2 f[v, v]. */
  along(v: Float64Array): Float64Array;
}

/** f(x + d) - f(x) - J d, for order 2 also - d'Hd / 2, for every element of f, by forward mode (over itself). */
export function forwardExpansion(problem: Problem, order: 1 | 2): Expansion {
  const before = numbersOf(problem.ys);
  const derivatives = (d: Float64Array) => forwardDerivatives(problem, tensorsOf(d, problem.xs), order);
  return {
    remainder: (d, moved) => {
      const [linear, quadratic] = derivatives(d);
      const terms = quadratic === undefined ? linear : linear.map((term, i) => term + quadratic[i]! / 2);
      return {
        missed: moved.map((y, i) => y - before[i]! - terms[i]!),
        size: moved.map((y, i) => Math.abs(y) + Math.abs(before[i]!) + Math.abs(terms[i]!)),
      };
    },
    along: (v) => derivatives(v)[order - 1]!,
  };
}

/** J d, and for order 2 D^2 f[d, d]. */
function forwardDerivatives(
  { xs, f }: Problem,
  d: readonly Tensor[],
  order: 1 | 2,
): readonly [Float64Array, Float64Array?] {
  const first = (x: readonly Tensor[]) => jvp(f, [x], [d]).tangent;
  if (order === 1) return [numbersOf(first(xs))];
  const { value, tangent } = jvp(first, [xs], [d]);
  return [numbersOf(value), numbersOf(tangent)];
}

/** The same for the number <u, f>, from its gradient by reverse mode and its Hessian by forward over reverse. */
export function reverseExpansion(problem: Problem, u: Float64Array, order: 1 | 2): Expansion {
  const { xs } = problem;
  const before = numbersOf(problem.ys);
  const gradient = gradientOf(problem, u);
  const slope = numbersOf(gradient(xs));
  const curvature = (d: Float64Array) =>
    innerProduct(numbersOf(jvp(gradient, [xs], [tensorsOf(d, xs)]).tangent), d);
  return {
    remainder: (d, moved) => {
      const linear = innerProduct(slope, d);
      const quadratic = order === 1 ? 0 : curvature(d) / 2;
      const change = innerProduct(
        u,
        moved.map((y, i) => y - before[i]!),
      );
      const size =
        productSize(u, moved) + productSize(u, before) + productSize(slope, d) + Math.abs(quadratic);
      return { missed: Float64Array.of(change - linear - quadratic), size: Float64Array.of(size) };
    },
    along: (v) => Float64Array.of(order === 1 ? innerProduct(slope, v) : curvature(v)),
  };
}

/** x -> J(x)^T u */
export function gradientOf(
  { f, ys }: Problem,
  u: Float64Array,
): (xs: readonly Tensor[]) => readonly Tensor[] {
  const cotangents = tensorsOf(u, ys);
  return (xs) => vjp(f, xs).pullback(cotangents)[0];
}
