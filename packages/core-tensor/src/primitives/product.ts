import { allocateUnwritten, type TypedArray } from "../dtype/index.js";
import { dot } from "../host/dot.js";
import { execute } from "../host/execute.js";
import { matmul as matmulLoops } from "../host/matmul.js";
import { matmulFloat32 } from "../host/matmul-float32.js";
import { simdDots } from "../host/simd/dot.js";
import { simdMatmul } from "../host/simd/matmul.js";
import { isFloats, type Floats } from "../host/simd/matrix.js";
import { layoutOf, matmulKernel, type MatmulLayout } from "../kernels/contract.js";
import { sizeOf } from "../shape/index.js";
import type { Abstract, Primitive } from "./primitive.js";

interface MatmulParams {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/**
 * out[..., i, j] = sum_k A[..., i, k] B[..., k, j], either operand stored transposed. Leading axes must be equal, or
 * absent on one side. Terms are added with k upwards; where i and j have one value each, in the blocks of `sum`.
 */
export const matmul: Primitive<"matmul", MatmulParams> = {
  name: "matmul",
  shape: ([a, b], params) => {
    const { m, n } = layoutOf(a!.shape, b!.shape, params);
    const batch = a!.shape.length >= b!.shape.length ? a!.shape : b!.shape;
    return [{ shape: [...batch.slice(0, -2), m, n], dtype: a!.dtype }];
  },
  evaluate: ([a, b], { transposeA, transposeB }, [out]) => {
    const [x, y] = [a!.transposeOf, b!.transposeOf];
    const layout = layoutOf((x ?? a!).shape, (y ?? b!).shape, {
      transposeA: transposeA !== (x !== undefined),
      transposeB: transposeB !== (y !== undefined),
    });
    const result = allocateUnwritten(out!.dtype, sizeOf(out!.shape));
    multiply(layout, batchesOf(out!), (x ?? a!).content, (y ?? b!).content, result);
    return [result];
  },
  prepare: ([a, b], params, [out]) => {
    const layout = layoutOf(a!.shape, b!.shape, params);
    const batches = batchesOf(out!);
    return ([x, y], [result]) => {
      multiply(layout, batches, x!, y!, result!);
    };
  },
};

/** Whatever was in `result` before. */
function multiply(
  layout: MatmulLayout,
  batches: number,
  a: TypedArray,
  b: TypedArray,
  result: TypedArray,
): void {
  if (layout.m === 1 && layout.n === 1 && isFloats(a) && isFloats(b) && isFloats(result)) {
    multiplyVectors(layout, a, b, result);
  } else if (result instanceof Float64Array && a instanceof Float64Array && b instanceof Float64Array) {
    if (!simdMatmul(a, b, layout, batches, result)) matmulLoops(a, b, layout, batches, result);
  } else if (result instanceof Float32Array && a instanceof Float32Array && b instanceof Float32Array) {
    if (!simdMatmul(a, b, layout, batches, result)) matmulFloat32(a, b, layout, batches, result);
  } else {
    execute(matmulKernel, [a, b], { ...layout }, result);
  }
}

/** One number for each batch: it is added up as `sum` adds, in blocks. A vector is contiguous, as a row and as a column. */
function multiplyVectors({ k, batchA, batchB }: MatmulLayout, a: Floats, b: Floats, result: Floats): void {
  if (simdDots(a, batchA, b, batchB, k, result)) return;
  for (let i = 0; i < result.length; i++) result[i] = dot(a, i * batchA, b, i * batchB, k);
}

function batchesOf({ shape }: Abstract): number {
  return sizeOf(shape.slice(0, -2));
}
