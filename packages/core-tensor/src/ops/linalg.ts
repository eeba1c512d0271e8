import { ShapeError, SingularMatrixError } from "../errors/index.js";
import { broadcastShapes, formatShape } from "../shape/index.js";
import { checkNumbers } from "../tensor/host-array.js";
import { asTensor, type Like } from "../tensor/like.js";
import type { Tensor } from "../tensor/tensor.js";
import { promoteFloats } from "./promote.js";
import { broadcastTo, reshape } from "./shape.js";

/** Refuses anything but square matrices. */
export function square(a: Tensor, where: string): Tensor {
  if (a.ndim < 2 || a.shape[a.ndim - 1] !== a.shape[a.ndim - 2]) {
    throw new ShapeError(`${where}: needs square matrices [..., n, n], got ${formatShape(a.shape)}`);
  }
  return a;
}

/** A floating-point tensor of at least two axes. */
export function matrixOf(a: Like, where: string): Tensor {
  const matrix = promoteFloats([a])[0]!;
  if (matrix.ndim < 2)
    throw new ShapeError(`${where}: needs a matrix, got shape ${formatShape(matrix.shape)}`);
  return matrix;
}

/** A and b as [..., n, n] and [..., n, m] of equal batches, and the way back to the shape of b. */
export function system(a: Like, b: Like, where: string) {
  const [m, v] = promoteFloats([asTensor(a), asTensor(b)]) as [Tensor, Tensor];
  const vector = v.ndim === 1;
  const columns = vector ? reshape(v, [v.size, 1]) : v;
  square(m, where);
  if (columns.ndim < 2 || columns.shape[columns.ndim - 2] !== m.shape[m.ndim - 1]) {
    throw new ShapeError(
      `${where}: ${formatShape(m.shape)} does not fit the right-hand side ${formatShape(v.shape)}`,
    );
  }
  const batch = broadcastShapes(m.shape.slice(0, -2), columns.shape.slice(0, -2), where);
  return {
    matrix: broadcastTo(m, [...batch, ...m.shape.slice(-2)]),
    rhs: broadcastTo(columns, [...batch, ...columns.shape.slice(-2)]),
    restore: (x: Tensor) => (vector ? reshape(x, x.shape.slice(0, -1)) : x),
  };
}

/** Refuses a matrix, or packed factors, with a zero on the diagonal. */
export function checkPivots(factors: Tensor, where: string): void {
  const n = factors.shape[factors.ndim - 1]!;
  checkNumbers(factors, where, (data) => {
    for (let start = 0; start < data.length; start += n * n) {
      for (let i = 0; i < n; i++) {
        if (data[start + i * n + i] === 0) {
          throw new SingularMatrixError(
            `${where}: the matrix is singular: pivot ${String(i)} is exactly zero`,
          );
        }
      }
    }
  });
}
