import { bindOne, broadcastTo, reshape, sizeOf, type Tensor } from "@cotangent/core-tensor";
import { matmul } from "@cotangent/core-tensor/primitives";
import { exampleShape, withRank } from "./align.js";
import type { BatchInput, BatchRule } from "./rule.js";

type Transposes = Parameters<BatchRule<"matmul">>[1]["params"];

/**
 * Examples are one more leading axis. Where only one operand is batched and the other is one matrix, the examples are
 * rows of a single, larger product instead if their layout allows it: (A_b B)_b = [A_1; A_2; ...] B.
 */
export const matmulBatch: BatchRule<"matmul"> = (inputs, { params, size }) => {
  const [a, b] = inputs as readonly [BatchInput, BatchInput];
  if (!b.batched && b.value.ndim === 2) {
    const rows = rowsOf(a.value, params.transposeA);
    if (rows !== undefined) return [product(rows, b.value, { ...params, transposeA: false })];
  }
  if (!a.batched && a.value.ndim === 2) {
    // A b = (b^T A^T)^T, and a column is its transpose
    const rows =
      b.value.shape[b.value.ndim - (params.transposeB ? 2 : 1)] === 1
        ? rowsOf(b.value, !params.transposeB)
        : undefined;
    if (rows !== undefined) {
      const flat = product(rows, a.value, { transposeA: false, transposeB: !params.transposeA });
      return [reshape(flat, [...flat.shape.slice(0, -2), flat.shape[flat.ndim - 1]!, 1])];
    }
  }
  return [bindOne(matmul, aligned(a, b, size), params)];
};

/** An operand stored as [..., m, k], or where m = 1 a column read as a row; undefined where its numbers would have to move. */
function rowsOf(x: Tensor, transposed: boolean): Tensor | undefined {
  if (!transposed) return x;
  const [rows, columns] = x.shape.slice(-2) as [number, number];
  return columns === 1 ? reshape(x, [...x.shape.slice(0, -2), 1, rows]) : undefined;
}

/** [..., m, k] times one matrix, as a product of two matrices */
function product(rows: Tensor, matrix: Tensor, params: Transposes): Tensor {
  const leading = rows.shape.slice(0, -1);
  const flat = reshape(rows, [sizeOf(leading), rows.shape[rows.ndim - 1]!]);
  const result = bindOne(matmul, [flat, matrix], params);
  return reshape(result, [...leading, result.shape[1]!]);
}

/** Equal leading axes, or none on one side: what the primitive takes. */
function aligned(a: BatchInput, b: BatchInput, size: number): [Tensor, Tensor] {
  const rank = Math.max(exampleShape(a).length, exampleShape(b).length);
  const leading = (exampleShape(a).length === rank ? exampleShape(a) : exampleShape(b)).slice(0, -2);
  const whole = (x: BatchInput): Tensor =>
    !x.batched && x.value.ndim === 2
      ? x.value
      : broadcastTo(withRank(x, rank), [size, ...leading, ...x.value.shape.slice(-2)]);
  return [whole(a), whole(b)];
}
