import { originOf } from "@cotangent/core-tensor";
import type { TreeLike } from "../tree/index.js";
import { linearizeFor, type Linearization } from "./linearize.js";

/**
 * Reverse mode: the value of f, and the map u -> J^T u from cotangents of the value to cotangents of the arguments. It
 * can be called any number of times and never runs f again.
 *
 * @example
 * ```ts
 * const { pullback } = vjp((x: Tensor, y: Tensor) => x.mul(y), 2, 5);
 * pullback(1).map(String); // => ["5", "2"]
 * ```
 */
export function vjp<A extends readonly unknown[], R>(
  f: (...args: A) => R,
  ...primals: { readonly [K in keyof A]: TreeLike<A[K]> }
): Pick<Linearization<A, R>, "value" | "pullback"> {
  const { value, pullback } = linearizeFor(f, primals, { origin: originOf("vjp", vjp) });
  return { value, pullback };
}
