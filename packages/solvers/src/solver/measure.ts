import { hostArray, isTensor, type Tensor } from "@cotangent/core-tensor";
import { tree } from "@cotangent/autodiff";

// Norms as plain numbers, of the primal values, without making tensors: a loop needs several per iteration.

type Numbers = ArrayLike<number>;

/** ‖a‖_2; NaN when an element is not finite. */
export function norm(a: unknown): number {
  return length(arrays(a));
}

/** ‖a - b‖_2; NaN when an element is not finite. */
export function distance(a: unknown, b: unknown): number {
  return length(arrays(a), arrays(b));
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
function length(as: readonly Numbers[], bs?: readonly Numbers[]): number {
  let squares = 0;
  for (let leaf = 0; leaf < as.length; leaf++) squares += sumOfSquares(as[leaf]!, bs?.[leaf]);
  if (squares > 1e-280 && squares < 1e280) return Math.sqrt(squares);
  const values = as.flatMap((a, leaf) => Array.from(a, (value, i) => value - (bs?.[leaf]![i] ?? 0)));
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (!Number.isFinite(largest)) return NaN;
  if (largest === 0) return 0;
  const scaled = values.map((value) => value / largest);
  return largest * Math.sqrt(sumOfSquares(scaled));
}

/** In four sums side by side: in a single one, each addition would wait for the one before it. */
function sumOfSquares(a: Numbers, b?: Numbers): number {
  let [sum0, sum1, sum2, sum3] = [0, 0, 0, 0];
  const even = a.length & ~3;
  if (b === undefined) {
    for (let i = 0; i < even; i += 4) {
      sum0 += a[i]! * a[i]!;
      sum1 += a[i + 1]! * a[i + 1]!;
      sum2 += a[i + 2]! * a[i + 2]!;
      sum3 += a[i + 3]! * a[i + 3]!;
    }
    for (let i = even; i < a.length; i++) sum0 += a[i]! * a[i]!;
  } else {
    for (let i = 0; i < even; i += 4) {
      const [x0, x1] = [a[i]! - b[i]!, a[i + 1]! - b[i + 1]!];
      const [x2, x3] = [a[i + 2]! - b[i + 2]!, a[i + 3]! - b[i + 3]!];
      sum0 += x0 * x0;
      sum1 += x1 * x1;
      sum2 += x2 * x2;
      sum3 += x3 * x3;
    }
    for (let i = even; i < a.length; i++) sum0 += (a[i]! - b[i]!) * (a[i]! - b[i]!);
  }
  return sum0 + sum1 + (sum2 + sum3);
}
