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
