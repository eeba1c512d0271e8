import * as fc from "fast-check";
import { isFloat } from "@cotangent/core-tensor";
import { map } from "../tree/index.js";
import { checkAdjoint } from "./check-adjoint.js";
import { checkBatching } from "./check-batching.js";
import { checkDTypes } from "./check-dtypes.js";
import { checkJit } from "./check-jit.js";
import { checkLinear } from "./check-linear.js";
import { checkSymmetric } from "./check-symmetric.js";
import { checkTaylor } from "./check-taylor.js";
import type { BatchOf, VmapOptions } from "../transforms/vmap.js";
import { problemOf, type ArgumentsOf, type Problem } from "./problem.js";

/** Options of `laws.jvpTaylor`. */
export interface TaylorLawOptions {
  /** Order of the highest derivative in the expansion. @defaultValue 1 */
  readonly order?: 1 | 2;
  /** Forward mode, or reverse mode on <u, f>. @defaultValue "forward" */
  readonly mode?: "forward" | "reverse";
}

/** A law: for all arguments and all directions. */
export type LawProperty<A extends readonly unknown[]> = fc.IPropertyWithHooks<[ArgumentsOf<A>, number]>;

/**
 * For `fc.assert`: the error of f(x + h v) - f(x) - h J v falls as h^2 (of order 2: minus h^2/2 v'Hv, as h^3). The only
 * law that compares a derivative with f itself: the others compare derivatives with each other.
 *
 * @param args - an arbitrary of argument lists, inside of the domain of f and away from its kinks
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { arbTensor, laws } from "@cotangent/autodiff/testing";
 *
 * fc.assert(laws.jvpTaylor((x: Tensor) => x.exp().sum(), fc.tuple(arbTensor())));
 * fc.assert(laws.jvpTaylor((x: Tensor) => x.sin().mul(x), fc.tuple(arbTensor()), { order: 2, mode: "reverse" }));
 * ```
 */
export function jvpTaylor<A extends readonly unknown[]>(
  f: (...args: A) => unknown,
  args: fc.Arbitrary<ArgumentsOf<A>>,
  { order = 1, mode = "forward" }: TaylorLawOptions = {},
): LawProperty<A> {
  return law(f, args, (problem, seed) => checkTaylor(problem, { order, mode, seed }));
}

/**
 * For `fc.assert`: reverse mode is the transpose of forward mode, <u, J v> = <J^T u, v>. It holds at kinks too.
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { arbTensor, laws } from "@cotangent/autodiff/testing";
 *
 * fc.assert(laws.adjoint((x: Tensor) => x.relu().sum(), fc.tuple(arbTensor())));
 * ```
 */
export function adjoint<A extends readonly unknown[]>(
  f: (...args: A) => unknown,
  args: fc.Arbitrary<ArgumentsOf<A>>,
): LawProperty<A> {
  return law(f, args, checkAdjoint);
}

/**
 * For `fc.assert`: the derivative is linear in both modes, J (a v + w) = a J v + J w. It holds at kinks too.
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { arbTensor, laws } from "@cotangent/autodiff/testing";
 *
 * const scalars = arbTensor({ shape: [] });
 * fc.assert(laws.linear((x: Tensor, y: Tensor) => x.mul(y.abs()), fc.tuple(arbTensor(), scalars)));
 * ```
 */
export function linear<A extends readonly unknown[]>(
  f: (...args: A) => unknown,
  args: fc.Arbitrary<ArgumentsOf<A>>,
): LawProperty<A> {
  return law(f, args, checkLinear);
}

/**
 * For `fc.assert`: <w, H v> = <v, H w> for the Hessian H of <u, f>, and the same by forward over forward, forward over
 * reverse, reverse over forward and reverse over reverse mode.
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { arbShape, arbTensor, laws } from "@cotangent/autodiff/testing";
 *
 * const vectors = arbTensor({ shape: arbShape({ minRank: 1, maxRank: 1 }) });
 * fc.assert(laws.symmetricHessian((x: Tensor) => x.sin().sum().square(), fc.tuple(vectors)));
 * ```
 */
export function symmetricHessian<A extends readonly unknown[]>(
  f: (...args: A) => unknown,
  args: fc.Arbitrary<ArgumentsOf<A>>,
): LawProperty<A> {
  return law(f, args, (problem, seed) => checkSymmetric(problem, ["forward", "reverse"], seed));
}

/**
 * For `fc.assert`: tangents have the shapes and dtypes of the results, cotangents those of the arguments; for the
 * arguments as they are, and for the same ones in float32.
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { arbTensor, laws } from "@cotangent/autodiff/testing";
 *
 * const vectors = arbTensor({ shape: [3] });
 * fc.assert(laws.dtypes((x: Tensor, y: Tensor) => x.sum().mul(y), fc.tuple(vectors, arbTensor())));
 * ```
 */
export function dtypes<A extends readonly unknown[]>(
  f: (...args: A) => unknown,
  args: fc.Arbitrary<ArgumentsOf<A>>,
): LawProperty<A> {
  return fc.property(args, fc.nat(), (point, seed) => {
    const coarse = map((x) => (isFloat(x.dtype) ? x.astype("float32") : x), point) as ArgumentsOf<A>;
    for (const each of [point, coarse]) checkDTypes(problemOf(f, each), seed);
  });
}

/**
 * For `fc.assert`: batching is looping, vmap(f, options)(x, y)_b = f(x_b, y_b), to rounding.
 *
 * @param args - an arbitrary of argument lists for `vmap(f, options)`: with the examples along the axes of `inAxes`
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { arbShape, arbTensor, laws } from "@cotangent/autodiff/testing";
 *
 * const batches = arbTensor({ shape: arbShape({ minRank: 1, maxRank: 2 }) });
 * fc.assert(laws.batching((x: Tensor) => x.sin().sum(), fc.tuple(batches)));
 * ```
 */
export function batching<A extends readonly unknown[]>(
  f: (...args: A) => unknown,
  args: fc.Arbitrary<{ readonly [K in keyof A]: BatchOf<A[K]> }>,
  options: VmapOptions = {},
): fc.IPropertyWithHooks<[{ readonly [K in keyof A]: BatchOf<A[K]> }]> {
  return fc.property(args, (point) => checkBatching(f, point, options));
}

/**
 * For `fc.assert`: compiling changes nothing, jit(f)(x) = f(x) bit for bit, at the first call and at the next one.
 *
 * @param args - an arbitrary of argument lists for f: trees of tensors
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { arbTensor, laws } from "@cotangent/autodiff/testing";
 *
 * fc.assert(laws.jit((x: Tensor) => x.sin().mul(x).sum(), fc.tuple(arbTensor())));
 * ```
 */
export function jit<A extends readonly unknown[]>(
  f: (...args: A) => unknown,
  args: fc.Arbitrary<A>,
): fc.IPropertyWithHooks<[A]> {
  return fc.property(args, (point) => checkJit(f, point));
}

function law<A extends readonly unknown[]>(
  f: (...args: A) => unknown,
  args: fc.Arbitrary<ArgumentsOf<A>>,
  check: (problem: Problem, seed: number) => void,
): LawProperty<A> {
  return fc.property(args, fc.nat(), (point, seed) => check(problemOf(f, point), seed));
}
