import { isFloat, originOf, withTrace } from "@cotangent/core-tensor";
import { JvpTrace } from "../jvp/jvp-trace.js";
import { flatten, unflatten, type Tensors, type TreeLike } from "../tree/index.js";
import { flattenArguments } from "./arguments.js";
import { tangentsLike } from "./tangents.js";

/**
 * Forward mode: the value of f and its derivative along a direction, J v, in one pass.
 *
 * @param primals - the arguments of f, one tree each
 * @param tangents - the direction, trees of the same structure and shapes
 * @throws TangentError when a tangent does not match its primal
 * @example
 * ```ts
 * const { value, tangent } = jvp((x: Tensor) => x.square(), [3], [1]);
 * value.item(); // => 9
 * tangent.item(); // => 6
 * ```
 */
export function jvp<A extends readonly unknown[], R>(
  f: (...args: A) => R,
  primals: { readonly [K in keyof A]: TreeLike<A[K]> },
  tangents: { readonly [K in keyof A]: TreeLike<A[K]> },
): { value: Tensors<R>; tangent: Tensors<R> } {
  const origin = originOf("jvp", jvp);
  const flat = flattenArguments(primals, { origin });
  const directions = tangentsLike(flat, tangents, "jvp: tangents");
  return withTrace(
    (level) => new JvpTrace(level, origin),
    (trace) => {
      const duals = flat.leaves.map((x, i) => (isFloat(x.dtype) ? trace.dual(x, directions[i]!) : x));
      const out = flatten(f(...(unflatten(flat.structure, duals) as A)), "jvp: result");
      const value = out.leaves.map((x) => trace.primalOf(x));
      const tangent = out.leaves.map((x) => trace.tangentOrZeros(x));
      return {
        value: unflatten(out.structure, value) as Tensors<R>,
        tangent: unflatten(out.structure, tangent) as Tensors<R>,
      };
    },
  );
}
