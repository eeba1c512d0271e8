import { isFloat, tensor, zerosLike, type DType, type Tensor } from "@cotangent/core-tensor";
import { flatten, unflatten, type TreeLike } from "../tree/index.js";
import { DerivativeError } from "./derivative-error.js";
import { paste } from "./paste.js";

/** A function of trees as one of lists of tensors: its floating-point leaves; the other leaves are held. */
export interface Problem {
  /** The arguments. */
  readonly point: readonly unknown[];
  readonly xs: readonly Tensor[];
  readonly f: (xs: readonly Tensor[]) => readonly Tensor[];
  /** f(xs) */
  readonly ys: readonly Tensor[];
  /** Steps for xs as trees like the arguments, zero for the leaves that are held. */
  readonly treeOf: (steps: readonly Tensor[]) => readonly unknown[];
  /** The unit roundoff of the coarsest dtype involved. */
  readonly epsilon: number;
}

/** The arguments of a function, where numbers may stand for scalars. */
export type ArgumentsOf<A extends readonly unknown[]> = { readonly [K in keyof A]: TreeLike<A[K]> };

/** @throws DerivativeError when f is not finite at the point */
export function problemOf<A extends readonly unknown[]>(
  f: (...args: A) => unknown,
  args: ArgumentsOf<A>,
): Problem {
  const flat = flatten(args, "checkDerivatives: arguments");
  const call = (xs: readonly Tensor[]): readonly Tensor[] => {
    let next = 0;
    const leaves = flat.leaves.map((x) => (isFloat(x.dtype) ? xs[next++]! : x));
    const result = flatten(f(...(unflatten(flat.structure, leaves) as A)), "checkDerivatives: result");
    return result.leaves.filter((y) => isFloat(y.dtype));
  };
  const treeOf = (steps: readonly Tensor[]) => {
    let next = 0;
    const leaves = flat.leaves.map((x) => (isFloat(x.dtype) ? steps[next++]! : zerosLike(x)));
    return unflatten(flat.structure, leaves) as readonly unknown[];
  };
  const xs = flat.leaves.filter((x) => isFloat(x.dtype));
  const ys = call(xs);
  if (!numbersOf(ys).every(Number.isFinite)) {
    throw new DerivativeError(
      `checkDerivatives: the function is not finite at this point, x = ${paste(args)}: f(x) = ${paste(ys)}`,
    );
  }
  const epsilon = [...xs, ...ys].some((x) => x.dtype === "float32") ? 2 ** -23 : 2 ** -52;
  return { point: args, xs, f: call, ys, treeOf, epsilon };
}

/** All elements of all tensors in one array. */
export function numbersOf(xs: readonly Tensor[]): Float64Array {
  return Float64Array.from(xs.flatMap((x) => Array.from(x.toTypedArray())));
}

/** The inverse of `numbersOf`: tensors with the shapes and dtypes of `like`. */
export function tensorsOf(numbers: Float64Array, like: readonly Tensor[]): Tensor[] {
  let end = 0;
  return like.map(({ shape, dtype, size }) => {
    const part = numbers.slice(end, (end += size));
    return tensor(part, { shape, dtype });
  });
}

/** Rounds numbers to the dtypes of `like`. */
export function roundTo(
  numbers: Float64Array,
  like: readonly { readonly size: number; readonly dtype: DType }[],
): Float64Array {
  const out = numbers.slice();
  let start = 0;
  for (const { size, dtype } of like) {
    if (dtype === "float32") for (let i = start; i < start + size; i++) out[i] = Math.fround(out[i]!);
    start += size;
  }
  return out;
}

/** <a, b> */
export function innerProduct(a: Float64Array, b: Float64Array): number {
  return a.reduce((total, x, i) => total + x * b[i]!, 0);
}

/** sum |a_i b_i|: what an inner product can lose to cancellation, per unit of rounding. */
export function productSize(a: Float64Array, b: Float64Array): number {
  return a.reduce((total, x, i) => total + Math.abs(x * b[i]!), 0);
}
