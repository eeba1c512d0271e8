import { reshape, stack, take, tensor, isFloat, type Tensor } from "@cotangent/core-tensor";
import { moveAxis } from "../src/rules/batch/align.js";

/**
 * A batch of tensors like x along an axis: example k is x, scaled by 1 + k/4, with its elements moved on by k places. For
 * matrices they stay in place, so that they remain as regular as x. Whole numbers, which may be indices, are taken from the
 * largest instead of scaled in every other example, so that even one alone differs between examples.
 */
export function batchLike(x: Tensor, size: number, axis: number, inPlace: boolean): Tensor {
  const examples = Array.from({ length: size }, (_, k) => {
    const order = Array.from({ length: x.size }, (_, i) => (i + k) % x.size);
    const moved =
      inPlace && isFloat(x.dtype)
        ? x
        : reshape(take(x.reshape([-1]), tensor(order, { dtype: "int32" }).reshape([x.size])), x.shape);
    if (isFloat(x.dtype)) return moved.mul(1 + k / 4);
    if (k % 2 === 0) return moved;
    return x.dtype === "bool" ? moved.logicalNot() : largestOf(x).sub(moved);
  });
  if (size === 0)
    return tensor([], { shape: [...x.shape.slice(0, axis), 0, ...x.shape.slice(axis)], dtype: x.dtype });
  return moveAxis(stack(examples), 0, axis);
}

function largestOf(x: Tensor): Tensor {
  return x.size === 0 ? x : x.max();
}

/** All non-empty subsets of the first n numbers. */
export function subsets(n: number): number[][] {
  return Array.from({ length: 2 ** n - 1 }, (_, mask) =>
    Array.from({ length: n }, (_, i) => i).filter((i) => ((mask + 1) >> i) & 1),
  );
}
