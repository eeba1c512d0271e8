import { pack } from "./pack";
import { ROWS, tile } from "./tile";

/** Terms of a sum that are worked on together: a panel of B, KC x 2 vectors, stays in the first-level cache (8 kB). */
const KC: usize = 256;
/** Rows of A that are packed together: MC x KC stay in the second-level cache (256 kB). */
const MC: usize = 128;
/** Columns of B that are packed together: KC x NC are 2 MB. */
const NC: usize = 1024;

/** Bytes that `gemm` needs as work space: the packed parts of A and B, and one tile. */
export const WORK: usize = (MC * KC + KC * NC) * 8 + 4 * 32;

/**
 * C += sign A B, sign = 1 or -1; C is m x n, its rows `rowC` bytes apart. A[i, l] is at a + i rowA + l innerA, B[l, j] at
 * b + l innerB + j columnB, in bytes, so that transposed operands are only other distances: packing evens them out.
 *
 * Goto and van de Geijn, "Anatomy of high-performance matrix multiplication", 2008. Blocks of k are taken upwards and
 * C is loaded before each and stored after it, so every sum adds its products in the order of the plain loop.
 */
export function gemm<T>(
  m: usize,
  n: usize,
  k: usize,
  a: usize,
  rowA: usize,
  innerA: usize,
  b: usize,
  innerB: usize,
  columnB: usize,
  c: usize,
  rowC: usize,
  sign: T,
  work: usize,
): void {
  const columns: usize = 32 / sizeof<T>();
  const packedA = work + 4 * 32;
  const packedB = packedA + MC * KC * sizeof<T>();
  for (let j: usize = 0; j < n; j += NC) {
    const nc = min(NC, n - j);
    for (let l: usize = 0; l < k; l += KC) {
      const kc = min(KC, k - l);
      pack<T>(b + l * innerB + j * columnB, columnB, innerB, nc, kc, columns, 1, packedB);
      for (let i: usize = 0; i < m; i += MC) {
        const mc = min(MC, m - i);
        pack<T>(a + i * rowA + l * innerA, rowA, innerA, mc, kc, ROWS, sign, packedA);
        tiles<T>(mc, nc, kc, packedA, packedB, c + i * rowC + j * sizeof<T>(), rowC, work);
      }
    }
  }
}

/** C += A B for packed blocks; `edge` is room for one tile. */
function tiles<T>(
  m: usize,
  n: usize,
  k: usize,
  a: usize,
  b: usize,
  c: usize,
  rowC: usize,
  edge: usize,
): void {
  const columns: usize = 32 / sizeof<T>();
  for (let j: usize = 0; j < n; j += columns) {
    const panelB = b + j * k * sizeof<T>();
    for (let i: usize = 0; i < m; i += ROWS) {
      const panelA = a + i * k * sizeof<T>();
      const target = c + i * rowC + j * sizeof<T>();
      if (m - i >= ROWS && n - j >= columns) tile<T>(k, panelA, panelB, target, rowC);
      else edgeTile<T>(min(ROWS, m - i), min(columns, n - j), k, panelA, panelB, target, rowC, edge);
    }
  }
}

/** A tile that reaches over the end of C goes through a copy. */
function edgeTile<T>(
  rows: usize,
  columns: usize,
  k: usize,
  a: usize,
  b: usize,
  c: usize,
  rowC: usize,
  edge: usize,
): void {
  const bytes = columns * sizeof<T>();
  for (let i: usize = 0; i < rows; i++) memory.copy(edge + i * 32, c + i * rowC, bytes);
  tile<T>(k, a, b, edge, 32);
  for (let i: usize = 0; i < rows; i++) memory.copy(c + i * rowC, edge + i * 32, bytes);
}
