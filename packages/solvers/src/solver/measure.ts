import { hostArray, isTensor, type Tensor } from "@cotangent/core-tensor";
import { tree } from "@cotangent/autodiff";

// Norms as plain numbers, of the primal values, without making tensors: a loop needs several per iteration.

type Numbers = ArrayLike<number>;

/** ‖a‖_2; NaN when an element is not finite. */
export function norm(a: unknown): number {
  const values = arrays(a);
  return length(values, values);
}

/** ‖a - b‖_2; NaN when an element is not finite. */
export function distance(a: unknown, b: unknown): number {
  return length(arrays(a), arrays(b), true);
}

/** <a, b - c> */
export function dotDifference(a: unknown, b: unknown, c: unknown): number {
  const [as, bs, cs] = [arrays(a), arrays(b), arrays(c)];
  let total = 0;
  for (let leaf = 0; leaf < as.length; leaf++) {
    const [x, y, z] = [as[leaf]!, bs[leaf]!, cs[leaf]!];
    for (let i = 0; i < x.length; i++) total += x[i]! * (y[i]! - z[i]!);
  }
  return total;
}

/** <a - b, c - d> */
export function dotDifferences(a: unknown, b: unknown, c: unknown, d: unknown): number {
  const [as, bs, cs, ds] = [arrays(a), arrays(b), arrays(c), arrays(d)];
  let total = 0;
  for (let leaf = 0; leaf < as.length; leaf++) {
    const [x, y, z, w] = [as[leaf]!, bs[leaf]!, cs[leaf]!, ds[leaf]!];
    for (let i = 0; i < x.length; i++) total += (x[i]! - y[i]!) * (z[i]! - w[i]!);
  }
  return total;
}

/** The distance from 1 to the next number in the coarsest dtype of the tree. */
export function epsilonOf(x: unknown): number {
  const isSingle = isTensor(x)
    ? x.dtype === "float32"
    : tree.leaves(x).some((leaf) => leaf.dtype === "float32");
  return isSingle ? 2 ** -23 : 2 ** -52;
}

function arrays(x: unknown): readonly Numbers[] {
  return isTensor(x) ? [arrayOf(x)] : tree.leaves(x).map(arrayOf);
}

function arrayOf(x: Tensor): Numbers {
  return hostArray(x, "solver");
}

/** The 2-norm of a, or of a - b, scaled where the squares would overflow or vanish. */
function length(as: readonly Numbers[], bs: readonly Numbers[], isDifference = false): number {
  let squares = 0;
  let largest = 0;
  for (let leaf = 0; leaf < as.length; leaf++) {
    const [a, b] = [as[leaf]!, bs[leaf]!];
    for (let i = 0; i < a.length; i++) {
      const value = isDifference ? a[i]! - b[i]! : a[i]!;
      squares += value * value;
      // Also for NaN, which is no number's square.
      if (!(Math.abs(value) <= largest)) largest = Math.abs(value);
    }
  }
  // Of NaN and then a number, `largest` has the number, but the squares have NaN.
  if (squares > 1e-280 && squares < 1e280) return Math.sqrt(squares);
  if (!Number.isFinite(largest) || Number.isNaN(squares)) return NaN;
  if (largest === 0) return 0;
  squares = 0;
  for (let leaf = 0; leaf < as.length; leaf++) {
    const [a, b] = [as[leaf]!, bs[leaf]!];
    for (let i = 0; i < a.length; i++) {
      const value = isDifference ? a[i]! - b[i]! : a[i]!;
      squares += (value / largest) ** 2;
    }
  }
  return largest * Math.sqrt(squares);
}
