import { ValueError } from "../../errors/index.js";

const EPSILON = 2 ** -52;
/** Elements of a matrix of unit size that are below rounding whatever stands beside them. */
const FLOOR = 2 ** -200;
/** Steps for each eigenvalue; two are usual. */
const STEPS = 30;

/**
 * Makes a symmetric tridiagonal matrix of about unit size diagonal by implicit QR steps with Wilkinson's shift (Golub & Van
 * Loan, 8.3.3). `diagonal` becomes the eigenvalues; beside[i] stands between i and i + 1. The rows of `vectors` are turned
 * along: from those of Q^T with A = Q T Q^T they become the eigenvectors of A.
 */
export function diagonaliseTridiagonal(
  diagonal: Float64Array,
  beside: Float64Array,
  vectors: Float64Array,
): void {
  const n = diagonal.length;
  let steps = 0;
  let end = n - 1;
  while (end > 0) {
    // The last block that does not fall apart: start, ..., end.
    let start = end;
    while (start > 0 && !negligible(diagonal, beside, start - 1)) start--;
    if (start < end) {
      step(diagonal, beside, vectors, start, end);
      if (++steps > STEPS * n) {
        throw new ValueError(`linalg.eigh: no convergence in ${String(STEPS * n)} steps`);
      }
    } else {
      end--;
    }
  }
}

function negligible(diagonal: Float64Array, beside: Float64Array, i: number): boolean {
  const size = Math.abs(diagonal[i]!) + Math.abs(diagonal[i + 1]!);
  if (Math.abs(beside[i]!) > EPSILON * size + FLOOR) return false;
  beside[i] = 0;
  return true;
}

/**
 * T <- Z^T T Z for the orthogonal factor Z of T - mu I, by rotations of neighbours: the first one as in that factorisation,
 * the others so that the element that it leaves outside of the three bands moves down and out.
 */
function step(
  diagonal: Float64Array,
  beside: Float64Array,
  vectors: Float64Array,
  start: number,
  end: number,
): void {
  let x = diagonal[start]! - wilkinsonShift(diagonal[end - 1]!, beside[end - 1]!, diagonal[end]!);
  let z = beside[start]!;
  for (let k = start; k < end; k++) {
    const length = hypotenuse(x, z);
    const [c, s] = length === 0 ? [1, 0] : [x / length, z / length];
    if (k > start) beside[k - 1] = length;
    // [u v; y w] = [c s; -s c] [a b; b d], and the same from the right
    const [a, b, d] = [diagonal[k]!, beside[k]!, diagonal[k + 1]!];
    const [u, v, y, w] = [c * a + s * b, c * b + s * d, c * b - s * a, c * d - s * b];
    diagonal[k] = c * u + s * v;
    diagonal[k + 1] = c * w - s * y;
    x = beside[k] = c * v - s * u;
    if (k + 1 < end) {
      z = s * beside[k + 1]!;
      beside[k + 1]! *= c;
    }
    rotateRows(vectors, k, diagonal.length, c, s);
  }
}

/** The eigenvalue of [a b; b d] that is closer to d. */
function wilkinsonShift(a: number, b: number, d: number): number {
  if (b === 0) return d;
  const half = (a - d) / 2;
  const root = hypotenuse(half, b);
  return d - b * (b / (half < 0 ? half - root : half + root));
}

/** sqrt(x^2 + y^2) without squares that underflow; Math.hypot is many times slower. */
function hypotenuse(x: number, y: number): number {
  const [p, q] = [Math.abs(x), Math.abs(y)];
  const larger = Math.max(p, q);
  if (larger === 0) return 0;
  const ratio = Math.min(p, q) / larger;
  return larger * Math.sqrt(1 + ratio * ratio);
}

/** Rows k and k + 1 become c x + s y and c y - s x. */
function rotateRows(vectors: Float64Array, k: number, n: number, c: number, s: number): void {
  const from = k * n;
  for (let i = from; i < from + n; i++) {
    const x = vectors[i]!;
    const y = vectors[i + n]!;
    vectors[i] = c * x + s * y;
    vectors[i + n] = c * y - s * x;
  }
}
