import { hostArray, type Tensor } from "@cotangent/core-tensor";
import { tree } from "@cotangent/autodiff";

// Norms as plain numbers, of the primal values, without making tensors: a loop needs several per iteration.

/** ‖a‖_2; NaN when an element is not finite. */
export function norm(a: unknown): number {
  return length(tree.leaves(a), (values, i) => values[i]!);
}

/** ‖a - b‖_2; NaN when an element is not finite. */
export function distance(a: unknown, b: unknown): number {
  const others = tree.leaves(b).map(arrayOf);
  return length(tree.leaves(a), (values, i, leaf) => values[i]! - others[leaf]![i]!);
}

/** <a, b - c> */
export function dotDifference(a: unknown, b: unknown, c: unknown): number {
  const [as, bs, cs] = [
    tree.leaves(a).map(arrayOf),
    tree.leaves(b).map(arrayOf),
    tree.leaves(c).map(arrayOf),
  ];
  let total = 0;
  as.forEach((values, leaf) => {
    for (let i = 0; i < values.length; i++) total += values[i]! * (bs[leaf]![i]! - cs[leaf]![i]!);
  });
  return total;
}

/** <a - b, c - d> */
export function dotDifferences(a: unknown, b: unknown, c: unknown, d: unknown): number {
  const [as, bs] = [tree.leaves(a).map(arrayOf), tree.leaves(b).map(arrayOf)];
  const [cs, ds] = [tree.leaves(c).map(arrayOf), tree.leaves(d).map(arrayOf)];
  let total = 0;
  as.forEach((values, leaf) => {
    for (let i = 0; i < values.length; i++) {
      total += (values[i]! - bs[leaf]![i]!) * (cs[leaf]![i]! - ds[leaf]![i]!);
    }
  });
  return total;
}

/** The distance from 1 to the next number in the coarsest dtype of the tree. */
export function epsilonOf(x: unknown): number {
  return tree.leaves(x).some((leaf) => leaf.dtype === "float32") ? 2 ** -23 : 2 ** -52;
}

function arrayOf(x: Tensor): ArrayLike<number> {
  return hostArray(x, "solver");
}

/** The 2-norm of elements, scaled where their squares would overflow or vanish. */
function length(
  leaves: readonly Tensor[],
  element: (values: ArrayLike<number>, i: number, leaf: number) => number,
): number {
  let squares = 0;
  let largest = 0;
  const arrays = leaves.map(arrayOf);
  const visit = (f: (value: number) => void): void => {
    arrays.forEach((values, leaf) => {
      for (let i = 0; i < values.length; i++) f(element(values, i, leaf));
    });
  };
  visit((value) => {
    squares += value * value;
    largest = Math.max(largest, Math.abs(value));
  });
  if (!Number.isFinite(largest)) return NaN;
  if (squares > 1e-280 && squares < 1e280) return Math.sqrt(squares);
  if (largest === 0) return 0;
  squares = 0;
  visit((value) => (squares += (value / largest) ** 2));
  return largest * Math.sqrt(squares);
}
