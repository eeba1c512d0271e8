import type { TypedArray } from "../../dtype/index.js";

/**
 * Factors one m x n matrix A = Q R by Householder reflections (Golub & Van Loan, 5.2), with k = min(m, n):
 * Q is m x k with orthonormal columns, R is k x n upper triangular; both are zeros before. `a` is overwritten, and the k
 * `betas` are room for the reflections.
 *
 * The diagonal of R is never negative. That makes the factors of a matrix of full rank unique, and smooth in it.
 */
export function factorQr(
  a: TypedArray,
  m: number,
  n: number,
  betas: Float64Array,
  q: TypedArray,
  startQ: number,
  r: TypedArray,
  startR: number,
): void {
  const k = Math.min(m, n);
  for (let j = 0; j < k; j++) betas[j] = reflectColumn(a, m, n, j);
  for (let i = 0; i < k; i++) for (let j = i; j < n; j++) r[startR + i * n + j] = a[i * n + j]!;
  for (let i = 0; i < k; i++) q[startQ + i * k + i] = 1;
  for (let j = k - 1; j >= 0; j--) {
    for (let column = j; column < k; column++) {
      let dot = q[startQ + j * k + column]!;
      for (let i = j + 1; i < m; i++) dot += a[i * n + j]! * q[startQ + i * k + column]!;
      dot *= betas[j]!;
      q[startQ + j * k + column]! -= dot;
      for (let i = j + 1; i < m; i++) q[startQ + i * k + column]! -= dot * a[i * n + j]!;
    }
  }
}

/**
 * Squares below this, relative to the column: skipping the reflection is an error of 2^-64 of it, far below rounding, and
 * keeps v, which grows as 1 / sqrt(tail), and beta away from overflow and underflow.
 */
const NEGLIGIBLE = 2 ** -128;

/**
 * Applies H = I - beta v v^T, which maps column j below row j to a multiple of e_j, to the columns from j on. v (with
 * v[0] = 1) is stored below the diagonal. Returns beta, 0 for a column that is already zero there.
 */
function reflectColumn(a: TypedArray, m: number, n: number, j: number): number {
  let scale = 0;
  for (let i = j; i < m; i++) scale = Math.max(scale, Math.abs(a[i * n + j]!));
  if (scale === 0) return 0;
  let tail = 0;
  for (let i = j + 1; i < m; i++) tail += (a[i * n + j]! / scale) ** 2;
  const head = a[j * n + j]! / scale;
  if (tail < NEGLIGIBLE && head >= 0) return 0;
  const norm = Math.sqrt(head * head + tail);
  const first = head <= 0 ? head - norm : -tail / (head + norm);
  const beta = (2 * first * first) / (tail + first * first);
  for (let i = j + 1; i < m; i++) a[i * n + j] = a[i * n + j]! / scale / first;
  a[j * n + j] = norm * scale;
  for (let column = j + 1; column < n; column++) {
    let dot = a[j * n + column]!;
    for (let i = j + 1; i < m; i++) dot += a[i * n + j]! * a[i * n + column]!;
    dot *= beta;
    a[j * n + column]! -= dot;
    for (let i = j + 1; i < m; i++) a[i * n + column]! -= dot * a[i * n + j]!;
  }
  return beta;
}
