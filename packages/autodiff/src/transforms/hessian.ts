import type { Tensor } from "@cotangent/core-tensor";
import type { Tensors, TreeLike } from "../tree/index.js";
import { grad, type Arguments } from "./grad.js";
import { jacfwd, type Jacobian } from "./jacobian.js";
import { jvp } from "./jvp.js";

/**
 * The Hessian of a function with values in the reals, forward over reverse: for leaves of shapes S and T of the argument
 * a tensor of shape [...S, ...T].
 *
 * @example
 * ```ts
 * hessian((x: Tensor) => x.square().sum())(tensor([1, 2])); // => [[2, 0],\n [0, 2]]
 * ```
 */
export function hessian<A extends readonly unknown[]>(
  f: (...args: A) => Tensor,
): (...args: Arguments<A>) => Jacobian<Tensors<A[0]>, A[0]>;
export function hessian<A extends readonly unknown[], const N extends number>(
  f: (...args: A) => Tensor,
  options: { readonly argnums: N },
): (...args: Arguments<A, N>) => Jacobian<Tensors<A[N]>, A[N]>;
export function hessian<A extends readonly unknown[], const N extends number = 0>(
  f: (...args: A) => Tensor,
  { argnums = 0 as N }: { readonly argnums?: N } = {},
): (...args: Arguments<A, N>) => Jacobian<Tensors<A[N]>, A[N]> {
  const gradient = grad(f, { argnums }) as (...args: A) => Tensors<A[N]>;
  return jacfwd(gradient, { argnums: argnums }) as (
    ...args: Arguments<A, N>
  ) => Jacobian<Tensors<A[N]>, A[N]>;
}

/**
 * The Hessian-vector product H(x) v, forward over reverse, without the matrix. Counted in operations, passes over the
 * elements, it costs at most 8 times f over random programs, as value and gradient cost at most 4 times. Single operations
 * may cost more: of two varying operands, `mul` takes 6 passes, `pow` 10, and `matmul` 9 products and 3 additions.
 *
 * Source: Griewank & Walther, "Evaluating Derivatives" (2008), ch. 4.
 *
 * @example
 * ```ts
 * hvp((x: Tensor) => x.pow(3).sum(), tensor([1, 2]), tensor([1, 0])); // => [6, 0]
 * ```
 */
export function hvp<X>(f: (x: X) => Tensor, x: TreeLike<X>, v: TreeLike<X>): Tensors<X> {
  const gradient = grad(f) as (x: X) => Tensors<X>;
  return jvp(gradient, [x], [v]).tangent as Tensors<X>;
}
