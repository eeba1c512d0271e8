import { allocate, type TypedArray } from "../dtype/index.js";
import { ValueError } from "../errors/index.js";
import { execute } from "../host/execute.js";
import { simdReduce } from "../host/simd/reduction.js";
import { stridedRead } from "../host/strided.js";
import type { Kernel } from "../kernels/kernel.js";
import { maxKernel, minKernel, reduceConstants, sumKernel } from "../kernels/reduce.js";
import { formatShape, reduceShape, sizeOf, stridesOf } from "../shape/index.js";
import type { HostTensor, Primitive } from "./primitive.js";

interface ReduceParams {
  readonly axes: readonly number[];
}

function reduction<N extends "sum" | "max" | "min">(name: N, kernel: Kernel): Primitive<N, ReduceParams> {
  return {
    name,
    shape: ([x], { axes }) => {
      if (name !== "sum" && axes.some((axis) => x!.shape[axis] === 0)) {
        throw new ValueError(
          `${name}: has no value over an axis of length 0 (shape ${formatShape(x!.shape)})`,
        );
      }
      return [{ shape: reduceShape(x!.shape, axes), dtype: x!.dtype }];
    },
    evaluate: ([x], { axes }, [out]) => {
      const { data, length, inner } = asOuterLengthInner(x!, axes);
      const result = allocate(out!.dtype, sizeOf(out!.shape));
      if (simdReduce(name, data, length, inner, result)) return [result];
      execute(kernel, [data], reduceConstants(length, inner), result);
      return [result];
    },
  };
}

/** Views x as [outer, length, inner] with `length` the reduced elements; moves the axes to the end when it must. */
function asOuterLengthInner(
  x: HostTensor,
  axes: readonly number[],
): { data: TypedArray; length: number; inner: number } {
  const length = sizeOf(axes.map((axis) => x.shape[axis]!));
  const adjacent = axes.every((axis, i) => i === 0 || axis === axes[i - 1]! + 1);
  if (adjacent) {
    const last = axes[axes.length - 1] ?? x.shape.length - 1;
    return { data: x.content, length, inner: sizeOf(x.shape.slice(last + 1)) };
  }
  const kept = x.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const order = [...kept, ...axes];
  const strides = stridesOf(x.shape);
  const data = allocate(x.dtype, x.content.length);
  stridedRead(
    x.content,
    0,
    order.map((axis) => x.shape[axis]!),
    order.map((axis) => strides[axis]!),
    data,
  );
  return { data, length, inner: 1 };
}

export const sum = reduction("sum", sumKernel);
export const max = reduction("max", maxKernel);
export const min = reduction("min", minKernel);
