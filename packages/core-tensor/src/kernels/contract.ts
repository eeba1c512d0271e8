import { ShapeError } from "../errors/index.js";
import { formatShape, type Shape } from "../shape/index.js";
import type { Kernel } from "./kernel.js";

/**
 * Batched matrix product: out[b, i, j] = sum_k A[b, i, k] B[b, k, j]. Strides are free, so that a transposed operand
 * costs no copy and a batch stride of 0 repeats an operand.
 */
export const matmulKernel: Kernel = {
  name: "matmul",
  kind: "contract",
  source: `function(A, B) {
  const row = Math.floor((this.thread.x + 0.5) / this.constants.n);
  const j = this.thread.x - row * this.constants.n;
  const batch = Math.floor((row + 0.5) / this.constants.m);
  const i = row - batch * this.constants.m;
  const startA = batch * this.constants.batchA + i * this.constants.rowA;
  const startB = batch * this.constants.batchB + j * this.constants.columnB;
  let total = 0;
  for (let k = 0; k < this.constants.k; k++) {
    total += A[startA + k * this.constants.innerA] * B[startB + k * this.constants.innerB];
  }
  return total;
}`,
};

/** The constants of `matmulKernel`: m, n, k and the element strides of both operands. */
export interface MatmulLayout {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly batchA: number;
  readonly rowA: number;
  readonly innerA: number;
  readonly batchB: number;
  readonly innerB: number;
  readonly columnB: number;
}

interface Transposed {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** The sizes and strides of a product of (possibly transposed) operands. */
export function layoutOf(a: Shape, b: Shape, { transposeA, transposeB }: Transposed): MatmulLayout {
  const [rowsA, columnsA] = a.slice(-2) as [number, number];
  const [rowsB, columnsB] = b.slice(-2) as [number, number];
  const [m, k] = transposeA ? [columnsA, rowsA] : [rowsA, columnsA];
  const [kB, n] = transposeB ? [columnsB, rowsB] : [rowsB, columnsB];
  if (k !== kB) {
    throw new ShapeError(`matmul: inner dimensions differ: ${formatShape([m, k])} @ ${formatShape([kB, n])}`);
  }
  return {
    m,
    n,
    k,
    batchA: a.length > 2 ? rowsA * columnsA : 0,
    rowA: transposeA ? 1 : columnsA,
    innerA: transposeA ? columnsA : 1,
    batchB: b.length > 2 ? rowsB * columnsB : 0,
    innerB: transposeB ? 1 : columnsB,
    columnB: transposeB ? columnsB : 1,
  };
}
