/** Up to so many unknowns the inverse itself costs no more than what an estimate of its norm takes. */
const SMALL = 32;

/** A matrix and the solves with it and its transpose. */
export interface Invertible {
  readonly matrix: Float64Array;
  readonly solve: (b: Float64Array, transposed: boolean) => Float64Array;
}

/** R A C with diagonal R and C, which has been factored. */
export interface ScaledMatrix extends Invertible {
  /** Its inverse, row-major. */
  readonly inverse: () => Float64Array;
  readonly rowScale: Float64Array;
  readonly columnScale: Float64Array;
}

/**
 * The condition number of A in the 1-norm, and the reciprocal one of the scaled A, which does not depend on units and so
 * decides whether A is singular. Of large matrices it is an estimate.
 */
export function conditionOf(
  n: number,
  original: Invertible,
  scaled: ScaledMatrix,
): { readonly condition: number; readonly reciprocal: number } {
  const { rowScale, columnScale } = scaled;
  const inverse = n > SMALL ? undefined : scaled.inverse();
  const ofScaled = matrixNorm1(scaled.matrix, n) * inverseNorm(n, scaled, inverse);
  if (isUniform(rowScale) && isUniform(columnScale)) return { condition: ofScaled, reciprocal: 1 / ofScaled };
  // A^-1 = C (R A C)^-1 R
  const own = inverse && between(columnScale, inverse, rowScale);
  const condition = matrixNorm1(original.matrix, n) * inverseNorm(n, original, own);
  return { condition, reciprocal: 1 / ofScaled };
}

function inverseNorm(n: number, { solve }: Invertible, inverse: Float64Array | undefined): number {
  if (inverse === undefined) {
    return inverseNorm1(
      n,
      (b) => solve(b, false),
      (b) => solve(b, true),
    );
  }
  const size = matrixNorm1(inverse, n);
  return Number.isFinite(size) ? size : Infinity;
}

/** D A E with diagonal D and E */
function between(d: Float64Array, a: Float64Array, e: Float64Array): Float64Array {
  const scaled = new Float64Array(a.length);
  let k = 0;
  for (const factor of d) {
    for (let j = 0; j < e.length; j++, k++) scaled[k] = a[k]! * factor * e[j]!;
  }
  return scaled;
}

function isUniform(scale: Float64Array): boolean {
  for (const factor of scale) if (factor !== scale[0]) return false;
  return true;
}

/** I, row-major: its columns are what an inverse is solved for. */
export function identityMatrix(n: number): Float64Array {
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) matrix[i * n + i] = 1;
  return matrix;
}

/**
 * A lower bound, nearly always sharp within a factor of 3, of ||A^-1||_1, from a few solves with A and A^T.
 *
 * Source: Higham, "FORTRAN codes for estimating the one-norm of a real or complex matrix" (1988), algorithm 4.1.
 */
export function inverseNorm1(
  n: number,
  solve: (b: Float64Array) => Float64Array,
  solveTransposed: (b: Float64Array) => Float64Array,
): number {
  if (n === 0) return 0;
  let x = new Float64Array(n).fill(1 / n);
  let estimate = 0;
  let last = -1;
  for (let step = 0; step < 5; step++) {
    const y = solve(x);
    const size = norm1(y);
    if (!Number.isFinite(size)) return Infinity;
    if (step > 0 && size <= estimate) break;
    estimate = size;
    const z = solveTransposed(y.map((value) => (value >= 0 ? 1 : -1)));
    let largest = 0;
    for (let i = 1; i < n; i++) if (Math.abs(z[i]!) > Math.abs(z[largest]!)) largest = i;
    if (largest === last) break;
    last = largest;
    x = new Float64Array(n);
    x[largest] = 1;
  }
  // A vector of growing, alternating elements catches the matrices that the ascent is blind to.
  const alternating = Float64Array.from(
    { length: n },
    (_, i) => (i % 2 === 0 ? 1 : -1) * (1 + i / Math.max(n - 1, 1)),
  );
  return Math.max(estimate, (2 * norm1(solve(alternating))) / (3 * n));
}

/** ||A||_1 of a row-major n x n matrix: the largest column sum. */
export function matrixNorm1(a: Float64Array, n: number): number {
  const sums = new Float64Array(n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) sums[j]! += Math.abs(a[i * n + j]!);
  let largest = 0;
  for (const sum of sums) largest = Math.max(largest, sum);
  return largest;
}

function norm1(x: Float64Array): number {
  let total = 0;
  for (const value of x) total += Math.abs(value);
  return total;
}
