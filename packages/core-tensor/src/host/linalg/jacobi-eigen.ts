import { ValueError } from "../../errors/index.js";
import { tangentOfSmallerAngle } from "./jacobi-angle.js";

const EPSILON = 2 ** -52;
/** Off-diagonal elements of a matrix of unit size that no longer matter to anything. */
const FLOOR = 2 ** -900;
const SWEEPS = 60;

/**
 * Makes a symmetric n x n matrix of about unit size diagonal, in place, by the cyclic Jacobi method (Golub & Van Loan, 8.5).
 * Row k of `vectors`, at first the identity, becomes the eigenvector of the eigenvalue a[k, k].
 *
 * Backward stable, and moreover accurate for each eigenvalue of a definite matrix relative to itself, whatever the scaling
 * (Demmel & Veselic 1992).
 */
export function diagonaliseByJacobi(a: Float64Array, vectors: Float64Array, n: number): void {
  let sweep = 0;
  while (sweepOnce(a, vectors, n)) {
    if (++sweep > SWEEPS) throw new ValueError(`linalg.eigh: no convergence in ${String(SWEEPS)} sweeps`);
  }
}

/** One rotation for every pair whose element is not negligible beside its diagonal elements. Was there one? */
function sweepOnce(a: Float64Array, vectors: Float64Array, n: number): boolean {
  let rotated = false;
  for (let p = 0; p < n; p++) {
    for (let q = p + 1; q < n; q++) {
      const element = Math.abs(a[p * n + q]!);
      const beside = Math.sqrt(Math.abs(a[p * n + p]!)) * Math.sqrt(Math.abs(a[q * n + q]!));
      if (element <= FLOOR || element <= EPSILON * beside) continue;
      rotate(a, vectors, n, p, q);
      rotated = true;
    }
  }
  return rotated;
}

/** A <- J^T A J with the rotation J of the plane (p, q), by the smaller angle, that makes a_pq zero. */
function rotate(a: Float64Array, vectors: Float64Array, n: number, p: number, q: number): void {
  const element = a[p * n + q]!;
  const t = tangentOfSmallerAngle((a[q * n + q]! - a[p * n + p]!) / (2 * element));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  const tau = s / (1 + c);
  a[p * n + p]! -= t * element;
  a[q * n + q]! += t * element;
  a[p * n + q] = 0;
  a[q * n + p] = 0;
  for (let k = 0; k < n; k++) {
    const x = vectors[p * n + k]!;
    const y = vectors[q * n + k]!;
    vectors[p * n + k] = x - s * (y + tau * x);
    vectors[q * n + k] = y + s * (x - tau * y);
    if (k === p || k === q) continue;
    const g = a[p * n + k]!;
    const h = a[q * n + k]!;
    a[p * n + k] = a[k * n + p] = g - s * (h + tau * g);
    a[q * n + k] = a[k * n + q] = h + s * (g - tau * h);
  }
}
