import { ones, originOf, type Origin, type Tensor } from "@cotangent/core-tensor";
import { NonScalarError } from "../errors/errors.js";
import { describeNode } from "../tree/structure.js";
import type { Tensors, TreeLike } from "../tree/index.js";
import { restrict, type Argnums } from "./argnums.js";
import { linearizeWithAux } from "./linearize.js";
import { realScalar } from "./scalar.js";

/**
 * What is passed to a transformed function: its own arguments, where the differentiated ones may have numbers for
 * scalars.
 */
export type Arguments<A extends readonly unknown[], N extends Argnums = 0> = {
  readonly [K in keyof A]: K extends ArgumentKey<N> ? TreeLike<A[K]> : A[K];
};
type ArgumentKey<N extends Argnums> = N extends readonly (infer M extends number)[]
  ? `${M}`
  : N extends number
    ? `${N}`
    : never;

/** With one number the gradient is a tree like that argument; with several it is an array of such trees. */
export type Gradient<A extends readonly unknown[], N extends Argnums> = N extends number
  ? Tensors<A[N]>
  : { [K in keyof N]: N[K] extends number ? Tensors<A[N[K]]> : never };

/** Options of `grad` and `valueAndGrad`. */
export interface GradOptions<N extends Argnums = Argnums> {
  /** The arguments to differentiate with respect to. @defaultValue 0 */
  readonly argnums?: N;
  /** f returns [value, auxiliary]; the auxiliary output, any value, is handed on. @defaultValue false */
  readonly hasAux?: boolean;
}

/**
 * The gradient of a function with values in the reals, by reverse mode.
 *
 * @param f - trees -> a scalar tensor (or, with `hasAux`, [scalar, anything])
 * @returns a function of the same arguments: the gradient, or [gradient, auxiliary]
 * @throws NonScalarError when f does not return one number
 * @throws NotDifferentiableError when that number, or an argument, is an integer or a bool
 * @example
 * ```ts
 * grad((p: { w: Tensor; b: Tensor }) => p.w.mul(p.b).sum())({ w: tensor([1, 2]), b: 3 }).w; // => [3, 3]
 * ```
 */
export function grad<A extends readonly unknown[]>(
  f: (...args: A) => Tensor,
): (...args: Arguments<A>) => Tensors<A[0]>;
export function grad<A extends readonly unknown[], X, const N extends Argnums = 0>(
  f: (...args: A) => readonly [Tensor, X],
  options: GradOptions<N> & { readonly hasAux: true },
): (...args: Arguments<A, N>) => [Gradient<A, N>, X];
export function grad<A extends readonly unknown[], const N extends Argnums = 0>(
  f: (...args: A) => Tensor,
  options: GradOptions<N> & { readonly hasAux?: false },
): (...args: Arguments<A, N>) => Gradient<A, N>;
export function grad<A extends readonly unknown[]>(
  f: (...args: A) => Tensor | readonly [Tensor, unknown],
  options: GradOptions = {},
): (...args: Arguments<A>) => unknown {
  const origin = originOf("grad", grad);
  return (...args) => {
    const { gradient, aux } = differentiate(f, args, options, origin);
    return options.hasAux === true ? [gradient, aux] : gradient;
  };
}

/**
 * The value and the gradient together, for at most 4 times the operations of the value: [value, gradient], or with
 * `hasAux` [[value, auxiliary], gradient].
 *
 * @example
 * ```ts
 * const [value, gradient] = valueAndGrad((x: Tensor) => x.square().sum())(tensor([1, 2]));
 * value; // => 5
 * gradient; // => [2, 4]
 * ```
 */
export function valueAndGrad<A extends readonly unknown[]>(
  f: (...args: A) => Tensor,
): (...args: Arguments<A>) => [Tensor, Tensors<A[0]>];
export function valueAndGrad<A extends readonly unknown[], X, const N extends Argnums = 0>(
  f: (...args: A) => readonly [Tensor, X],
  options: GradOptions<N> & { readonly hasAux: true },
): (...args: Arguments<A, N>) => [[Tensor, X], Gradient<A, N>];
export function valueAndGrad<A extends readonly unknown[], const N extends Argnums = 0>(
  f: (...args: A) => Tensor,
  options: GradOptions<N> & { readonly hasAux?: false },
): (...args: Arguments<A, N>) => [Tensor, Gradient<A, N>];
export function valueAndGrad<A extends readonly unknown[]>(
  f: (...args: A) => Tensor | readonly [Tensor, unknown],
  options: GradOptions = {},
): (...args: Arguments<A>) => unknown {
  const origin = originOf("valueAndGrad", valueAndGrad);
  return (...args) => {
    const { value, gradient, aux } = differentiate(f, args, options, origin);
    return [options.hasAux === true ? [value, aux] : value, gradient];
  };
}

function differentiate<A extends readonly unknown[]>(
  f: (...args: A) => unknown,
  args: Arguments<A>,
  { argnums = 0, hasAux = false }: GradOptions,
  origin: Origin,
): { value: Tensor; gradient: unknown; aux: unknown } {
  const where = origin.name;
  const { chosen, restricted, numbers } = restrict(f, args as unknown as A, argnums, where);
  const scalar = (...chosenArgs: unknown[]): { value: Tensor; aux: unknown } => {
    const result = restricted(...chosenArgs);
    if (!hasAux) return { value: realScalar(result, `${where}: the function`), aux: undefined };
    if (!Array.isArray(result) || result.length !== 2) {
      throw new NonScalarError(
        `${where}: with hasAux the function must return [value, auxiliary], but it returned ${describeNode(result)}`,
      );
    }
    return { value: realScalar(result[0], `${where}: the function`), aux: result[1] };
  };
  const { linearization, aux } = linearizeWithAux(scalar, chosen, { origin, argnums: numbers });
  const { value, pullback } = linearization;
  const gradients = pullback(ones([], { dtype: value.dtype }));
  return { value, gradient: typeof argnums === "number" ? gradients[0] : gradients, aux };
}
