import { BatchTrace } from "../batch/batch-trace.js";
import { Lift, loweredTree, raisedTree } from "../batch/lift.js";
import { checkNoClosure, innermostTrace, joinTangents } from "../jvp/innermost.js";
import type { Tensor } from "@cotangent/core-tensor";
import { ownLine } from "../program/own-line.js";
import { flatten, unflatten, type Flat, type Tensors } from "../tree/index.js";
import { tangentsLike } from "./tangents.js";

/** (primals, tangents) -> value and tangent; linear in the tangents. */
export type JvpFunction<A extends readonly unknown[], R> = (
  primals: A,
  tangents: { readonly [K in keyof A]: Tensors<A[K]> },
) => { value: R; tangent: unknown };

/**
 * f with a derivative of your own, valid in both modes and, when the rule is itself written with operations, to any
 * order.
 *
 * @param rule - gets the arguments and a tangent for each, returns the value and its tangent, linear in the tangents
 * A rule that is not linear (t + 1, say) is refused when a tape is recorded; plain `jvp` cannot tell.
 *
 * @throws RuleError when f or the rule closes over a value that is being differentiated (pass it as an argument)
 * @example
 * ```ts
 * // log(1 + e^x), with the derivative 1 - 1 / (1 + e^x), which does not overflow
 * const f = customJvp(
 *   (x: Tensor) => x.exp().log1p(),
 *   ([x], [t]) => ({ value: x.exp().log1p(), tangent: sub(1, x.exp().add(1).reciprocal()).mul(t) }),
 * );
 * grad(f)(1000).item(); // => 1
 * ```
 */
export function customJvp<A extends readonly unknown[], R>(
  f: (...args: A) => R,
  rule: JvpFunction<A, R>,
): (...args: A) => Tensors<R> {
  const custom = (...args: A): Tensors<R> => {
    const flat = flatten(args, "customJvp: arguments");
    const line = ownLine("customJvp", flat, f, custom);
    if (line !== undefined) return line;
    const trace = innermostTrace(flat.leaves, "customJvp");
    if (trace === undefined) return f(...args) as Tensors<R>;
    if (trace instanceof BatchTrace) return onBatch(f, rule, flat, trace);
    const primals = unflatten(
      flat.structure,
      flat.leaves.map((x) => trace.primalOf(x)),
    ) as A;
    const tangents = unflatten(
      flat.structure,
      flat.leaves.map((x) => trace.tangentOrZeros(x)),
    ) as { [K in keyof A]: Tensors<A[K]> };
    const result = rule(primals, tangents);
    const value = flatten(result.value, "customJvp: value");
    checkNoClosure(trace, value.leaves, "customJvp");
    const tangent = tangentsLike(value, result.tangent, "customJvp: tangent");
    checkNoClosure(trace, tangent, "customJvp");
    return unflatten(value.structure, joinTangents(trace, value.leaves, tangent, "customJvp")) as Tensors<R>;
  };
  return custom;
}

/**
 * One level down, a batch of values is one value with one more axis, and the rule is the batched rule. A program may apply
 * it when the batch has returned.
 */
function onBatch<A extends readonly unknown[], R>(
  f: (...args: A) => R,
  rule: JvpFunction<A, R>,
  flat: Flat,
  trace: BatchTrace,
): Tensors<R> {
  const arguments_ = new Lift(trace, flat);
  const below = customJvp<readonly Tensor[], unknown>(
    (...values) => trace.reopened(() => loweredTree(trace, f(...(arguments_.raise(values) as A)))),
    (values, tangents) =>
      trace.reopened(() => {
        const { value, tangent } = rule(
          arguments_.raise(values) as A,
          arguments_.raise(tangents) as { [K in keyof A]: Tensors<A[K]> },
        );
        return { value: loweredTree(trace, value), tangent: loweredTree(trace, tangent) };
      }),
  );
  return raisedTree(trace, below(...arguments_.values)) as Tensors<R>;
}
