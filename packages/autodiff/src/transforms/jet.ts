import { isFloat, mul, originOf, withTrace, zerosLike, type Tensor } from "@cotangent/core-tensor";
import { TreeError } from "../errors/errors.js";
import { JetTrace } from "../jet/jet-trace.js";
import { flatten, unflatten, type Tensors, type TreeLike } from "../tree/index.js";
import { flattenArguments } from "./arguments.js";
import { tangentsLike } from "./tangents.js";

/**
 * Taylor mode: derivatives of all orders up to K of f along a curve, in one pass. With x_i(t) the curve whose value at 0
 * is primals[i] and whose k-th derivative there is series[i][k - 1],
 *
 *     value = f(x(0)),    series[k - 1] = d^k f(x(t)) / dt^k at t = 0,    k = 1, ..., K
 *
 * The cost grows as K^2 (as K^3 for factorisations), where nested `jvp` grows as 2^K. What is piecewise smooth is
 * differentiated on the piece where it is.
 *
 * @param series - for each argument K trees like it; K is the same for all
 * @throws TreeError when numbers of derivatives differ
 * @throws TangentError when structures or shapes differ
 * @throws RuleError for a function with a custom rule, which has a first derivative only: use nested `jvp`
 * @example
 * ```ts
 * // 1 / (1 - t) = 1 + t + t^2 + ..., with the derivatives k!
 * const { value, series } = jet((x: Tensor) => sub(1, x).reciprocal(), [0], [[1, 0, 0, 0]]);
 * value.item(); // => 1
 * series.map(String); // => ["1", "2", "6", "24"]
 * ```
 *
 * Source: Griewank, Walther, "Evaluating Derivatives" (2008), chapter 13; `jax.experimental.jet`.
 */
export function jet<A extends readonly unknown[], R>(
  f: (...args: A) => R,
  primals: { readonly [K in keyof A]: TreeLike<A[K]> },
  series: { readonly [K in keyof A]: readonly TreeLike<A[K]>[] },
): { value: Tensors<R>; series: Tensors<R>[] } {
  const perArgument: readonly (readonly unknown[])[] = series;
  const order = perArgument[0]?.length ?? 0;
  if (perArgument.length !== primals.length || perArgument.some((list) => list.length !== order)) {
    throw new TreeError(
      `jet: expected one list of derivatives for each of the ${String(primals.length)} arguments, all of one length, ` +
        `got lists of lengths [${perArgument.map((list) => list.length).join(", ")}]`,
    );
  }
  const origin = originOf("jet", jet);
  const flat = flattenArguments(primals, { origin });
  const derivatives = Array.from({ length: order }, (_, k) =>
    tangentsLike(
      flat,
      perArgument.map((list) => list[k]),
      "jet: series",
    ),
  );
  return withTrace(
    (level) => new JetTrace(level, order, origin),
    (trace) => {
      const inputs = flat.leaves.map((x, i) =>
        isFloat(x.dtype)
          ? trace.tensorOf([x, ...derivatives.map((list, k) => mul(list[i]!, 1 / factorial(k + 1)))])
          : x,
      );
      const out = flatten(f(...(unflatten(flat.structure, inputs) as A)), "jet: result");
      const results = out.leaves.map((x) => trace.coefficientsOf(x));
      const at = (k: number): Tensor[] =>
        results.map((c) => {
          const coefficient = c[k] ?? null;
          return coefficient === null ? zerosLike(c[0]) : mul(coefficient, factorial(k));
        });
      return {
        value: unflatten(
          out.structure,
          results.map((c) => c[0]),
        ) as Tensors<R>,
        series: derivatives.map((_, k) => unflatten(out.structure, at(k + 1)) as Tensors<R>),
      };
    },
  );
}

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}
