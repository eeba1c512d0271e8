/** A = Q T Q^T, with T[i, i] = diagonal[i] and T[i, i + 1] = T[i + 1, i] = beside[i]; row k of `vectors` is Q e_k. */
export interface Tridiagonal {
  readonly diagonal: Float64Array;
  readonly beside: Float64Array;
  readonly vectors: Float64Array;
}

/** Squares below this, relative to the row: leaving them is an error of 2^-64 of it, far below rounding. */
const NEGLIGIBLE = 2 ** -128;

/**
 * Reduces symmetric n x n matrices of about unit size to tridiagonal form by Householder reflections (Golub & Van Loan,
 * 8.3.1), from the last row to the first, so that rows are read along memory. The lower triangle of `a` is read, and
 * overwritten; so is what became of the matrix before.
 */
export function tridiagonaliser(n: number): (a: Float64Array) => Tridiagonal {
  const [diagonal, beside] = [new Float64Array(n), new Float64Array(n)];
  const [betas, work] = [new Float64Array(n), new Float64Array(n)];
  const vectors = new Float64Array(n * n);
  return (a) => {
    beside.fill(0);
    for (let i = n - 1; i > 0; i--) {
      const beta = reflector(a, i * n, i, beside);
      if (beta > 0) applyOnBothSides(a, n, i, beta, work);
      betas[i] = beta;
      diagonal[i] = a[i * n + i]!;
    }
    if (n > 0) diagonal[0] = a[0]!;
    product(a, betas, n, vectors);
    return { diagonal, beside, vectors };
  };
}

/**
 * Overwrites x, the first `length` elements of a row, by v such that H = I - beta v v^T maps x to a multiple of its last
 * unit vector, which goes to beside[length - 1]. Returns beta, 0 where x is such a multiple already.
 */
function reflector(a: Float64Array, row: number, length: number, beside: Float64Array): number {
  const last = length - 1;
  let scale = 0;
  for (let j = 0; j < length; j++) scale = Math.max(scale, Math.abs(a[row + j]!));
  beside[last] = a[row + last]!;
  if (scale === 0) return 0;
  for (let j = 0; j < length; j++) a[row + j]! /= scale;
  let tail = 0;
  for (let j = 0; j < last; j++) tail += a[row + j]! * a[row + j]!;
  if (tail < NEGLIGIBLE) return 0;
  const head = a[row + last]!;
  const norm = Math.sqrt(head * head + tail) * (head < 0 ? -1 : 1);
  a[row + last] = head + norm;
  beside[last] = -norm * scale;
  return 1 / (norm * (head + norm));
}

/** A <- H A H on the leading i x i block, H made of v in row i: A - v w^T - w v^T with p = beta A v, w = p - (beta p^T v / 2) v. */
function applyOnBothSides(a: Float64Array, n: number, i: number, beta: number, w: Float64Array): void {
  const v = i * n;
  w.fill(0, 0, i);
  for (let r = 0; r < i; r++) {
    const row = r * n;
    const factor = a[v + r]!;
    let sum = a[row + r]! * factor;
    for (let s = 0; s < r; s++) {
      sum += a[row + s]! * a[v + s]!;
      w[s]! += a[row + s]! * factor;
    }
    w[r]! += sum;
  }
  let projection = 0;
  for (let r = 0; r < i; r++) projection += w[r]! * a[v + r]!;
  const half = (beta * beta * projection) / 2;
  for (let r = 0; r < i; r++) w[r] = beta * w[r]! - half * a[v + r]!;
  for (let r = 0; r < i; r++) {
    const row = r * n;
    const [x, y] = [a[v + r]!, w[r]!];
    for (let s = 0; s <= r; s++) a[row + s]! -= x * w[s]! + y * a[v + s]!;
  }
}

/** Q^T = H_1 H_2 ... H_{n-1}, built from the left: H_i, with v in row i, changes the leading i x i block only. */
function product(a: Float64Array, betas: Float64Array, n: number, q: Float64Array): void {
  q.fill(0);
  for (let i = 0; i < n; i++) q[i * n + i] = 1;
  for (let i = 1; i < n; i++) {
    const beta = betas[i]!;
    if (beta === 0) continue;
    const v = i * n;
    for (let r = 0; r < i; r++) {
      let dot = 0;
      for (let s = 0; s < i; s++) dot += q[r * n + s]! * a[v + s]!;
      dot *= beta;
      for (let s = 0; s < i; s++) q[r * n + s]! -= dot * a[v + s]!;
    }
  }
}
