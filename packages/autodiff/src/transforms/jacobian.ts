import { eye, isFloat, originOf, reshape, sizeOf, type Shape, type Tensor } from "@cotangent/core-tensor";
import { NotDifferentiableError } from "../errors/errors.js";
import { moveAxis } from "../rules/batch/align.js";
import { flatten, unflatten, type Flat } from "../tree/index.js";
import { pathOf } from "../tree/paths.js";
import { restrict, type Argnums } from "./argnums.js";
import type { Arguments } from "./grad.js";
import { imagesOfUnits } from "./images-of-units.js";
import { linearizeFor } from "./linearize.js";

/** The Jacobian of a tree with respect to a tree: for every leaf of the value a tree like the argument. */
export type Jacobian<R, X> = R extends Tensor | number
  ? JacobianLeaf<X>
  : R extends object
    ? { [K in keyof R]: Jacobian<R[K], X> }
    : R;
type JacobianLeaf<X> = X extends Tensor | number
  ? Tensor
  : X extends object
    ? { [K in keyof X]: JacobianLeaf<X[K]> }
    : X;

/** Options of `jacobian`. */
export interface JacobianOptions<N extends Argnums = Argnums> {
  /** The arguments to differentiate with respect to. @defaultValue 0 */
  readonly argnums?: N;
  /** One pass per input ("forward"), one per output ("reverse"), or what needs fewer. @defaultValue "auto" */
  readonly mode?: "auto" | "forward" | "reverse";
}

/** By one number a tree of Jacobians, by several an array of them. */
export type JacobianOf<A extends readonly unknown[], R, N extends Argnums> = N extends number
  ? Jacobian<R, A[N]>
  : { [K in keyof N]: N[K] extends number ? Jacobian<R, A[N[K]]> : never };

/**
 * The Jacobian: for a leaf of the value of shape S and a leaf of the argument of shape T a tensor of shape [...S, ...T].
 *
 * @throws NotDifferentiableError for arguments or results that are integers or bools
 * @example
 * ```ts
 * jacobian((x: Tensor) => x.square())(tensor([1, 2])); // => [[2, 0],\n [0, 4]]
 * ```
 */
export function jacobian<A extends readonly unknown[], R>(
  f: (...args: A) => R,
  options?: { readonly mode?: "auto" | "forward" | "reverse" },
): (...args: Arguments<A>) => Jacobian<R, A[0]>;
export function jacobian<A extends readonly unknown[], R, const N extends Argnums>(
  f: (...args: A) => R,
  options: JacobianOptions<N>,
): (...args: Arguments<A, N>) => JacobianOf<A, R, N>;
export function jacobian<A extends readonly unknown[], R, const N extends Argnums = 0>(
  f: (...args: A) => R,
  { argnums = 0 as N, mode = "auto" }: JacobianOptions<N> = {},
): (...args: Arguments<A, N>) => JacobianOf<A, R, N> {
  const origin = originOf("jacobian", jacobian);
  return (...args) => {
    const { chosen, restricted, numbers } = restrict(f, args as unknown as A, argnums, "jacobian");
    const tape = linearizeFor(restricted, chosen, { origin, argnums: numbers });
    const inputs = flatten(chosen);
    const outputs = flatten(tape.value);
    checkReal(outputs);
    const forward = mode === "forward" || (mode === "auto" && totalSize(inputs) <= totalSize(outputs));
    const blocks = forward
      ? byColumns(inputs, outputs, (tangents) => flatten(tape.pushforward(...(tangents as unknown[]))).leaves)
      : byRows(inputs, outputs, (ct) => flatten(tape.pullback(ct as never)).leaves);
    const trees = blocks.map((row) => unflatten(inputs.structure, row) as unknown[]);
    const pick = typeof argnums === "number" ? trees.map((tree) => tree[0]) : trees;
    if (typeof argnums === "number") return unflatten(outputs.structure, pick) as JacobianOf<A, R, N>;
    return argnums.map((_, i) =>
      unflatten(
        outputs.structure,
        trees.map((tree) => tree[i]),
      ),
    ) as unknown as JacobianOf<A, R, N>;
  };
}

/**
 * The Jacobian in forward mode: one pass per element of the argument.
 *
 * @example
 * ```ts
 * jacfwd((x: Tensor) => x.square())(tensor([1, 2])); // => [[2, 0],\n [0, 4]]
 * ```
 */
export function jacfwd<A extends readonly unknown[], R>(
  f: (...args: A) => R,
): (...args: Arguments<A>) => Jacobian<R, A[0]>;
export function jacfwd<A extends readonly unknown[], R, const N extends Argnums>(
  f: (...args: A) => R,
  options: { readonly argnums: N },
): (...args: Arguments<A, N>) => JacobianOf<A, R, N>;
export function jacfwd<A extends readonly unknown[], R, const N extends Argnums = 0>(
  f: (...args: A) => R,
  options: { readonly argnums?: N } = {},
): (...args: Arguments<A, N>) => JacobianOf<A, R, N> {
  return jacobian<A, R, N>(f, { ...options, mode: "forward" });
}

/**
 * The Jacobian in reverse mode: one pass per element of the value.
 *
 * @example
 * ```ts
 * jacrev((x: Tensor) => x.square())(tensor([1, 2])); // => [[2, 0],\n [0, 4]]
 * ```
 */
export function jacrev<A extends readonly unknown[], R>(
  f: (...args: A) => R,
): (...args: Arguments<A>) => Jacobian<R, A[0]>;
export function jacrev<A extends readonly unknown[], R, const N extends Argnums>(
  f: (...args: A) => R,
  options: { readonly argnums: N },
): (...args: Arguments<A, N>) => JacobianOf<A, R, N>;
export function jacrev<A extends readonly unknown[], R, const N extends Argnums = 0>(
  f: (...args: A) => R,
  options: { readonly argnums?: N } = {},
): (...args: Arguments<A, N>) => JacobianOf<A, R, N> {
  return jacobian<A, R, N>(f, { ...options, mode: "reverse" });
}

/** blocks[o][i] of shape [...output o, ...input i], from the images of the unit vectors of all inputs */
function byColumns(inputs: Flat, outputs: Flat, push: (tangents: unknown) => readonly Tensor[]): Tensor[][] {
  const columns = inputs.leaves.map((_, i) => imagesOfUnits(inputs, i, outputs, push));
  return outputs.leaves.map((y, o) =>
    inputs.leaves.map((x, i) => {
      const whole = columns[i]?.[o];
      const block = whole === undefined ? emptyOf(y.shape, x) : moveAxis(whole, 0, y.ndim);
      return reshape(block, [...y.shape, ...x.shape]);
    }),
  );
}

/** blocks[o][i] of shape [...output o, ...input i], from the pullbacks of the unit vectors of all outputs */
function byRows(inputs: Flat, outputs: Flat, pull: (cotangent: unknown) => readonly Tensor[]): Tensor[][] {
  const rows = outputs.leaves.map((_, o) => imagesOfUnits(outputs, o, inputs, pull));
  return outputs.leaves.map((y, o) =>
    inputs.leaves.map((x, i) => reshape(rows[o]?.[i] ?? emptyOf(y.shape, x), [...y.shape, ...x.shape])),
  );
}

function checkReal({ leaves, structure }: Flat): void {
  const integer = leaves.findIndex((y) => !isFloat(y.dtype));
  if (integer < 0) return;
  throw new NotDifferentiableError(
    `jacobian: the function returned dtype ${leaves[integer]!.dtype} (result${pathOf(structure, integer)}), which has no ` +
      "derivative. Return real values only, or take their derivatives by vjp or jvp, which leave the others alone",
  );
}

function emptyOf(shape: Shape, x: Tensor): Tensor {
  return eye(0, sizeOf(shape) * x.size, { dtype: x.dtype });
}

function totalSize(flat: Flat): number {
  return flat.leaves.reduce((total, leaf) => total + leaf.size, 0);
}
