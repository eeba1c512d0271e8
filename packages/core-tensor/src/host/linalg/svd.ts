import type { TypedArray } from "../../dtype/index.js";
import { ValueError } from "../../errors/index.js";
import { finiteScale } from "./finite-scale.js";
import { fixSign, flip } from "./fixed-sign.js";
import { tangentOfSmallerAngle } from "./jacobi-angle.js";

const EPSILON = 2 ** -52;
/** Squared length of a column, of a matrix of unit size, that counts as zero: its square is lost to underflow. */
const FLOOR = 2 ** -950;
const SWEEPS = 60;

/** A thin factorisation A = U diag(s) V^T of one m x n matrix; `long` and `short` hold the vectors as rows. */
interface Singular {
  readonly s: Float64Array;
  /** The singular vectors on the longer side of A, k x max(m, n), and on the shorter, k x k. */
  readonly long: Float64Array;
  readonly short: Float64Array;
}

/**
 * The thin singular value decomposition of m x n matrices, s descending, by one-sided Jacobi rotations of the columns of
 * A (of A^T when it is wide): Demmel & Veselic 1992; sorted as de Rijk 1989. Backward stable column by column, so that
 * singular values are accurate relative to themselves when only the columns are badly scaled.
 *
 * The decomposition of a matrix is overwritten by that of the next one.
 */
export function singularValues(m: number, n: number): (a: TypedArray, start: number) => Singular {
  const k = Math.min(m, n);
  const length = Math.max(m, n);
  const long = new Float64Array(k * length);
  const short = new Float64Array(k * k);
  const [s, squares] = [new Float64Array(k), new Float64Array(k)];
  return (a, start) => {
    const scale = finiteScale(a, start, m * n, "linalg.svd");
    for (let j = 0; j < k; j++) {
      for (let i = 0; i < length; i++) {
        long[j * length + i] = a[start + (m >= n ? i * n + j : j * n + i)]! / scale;
      }
    }
    short.fill(0);
    for (let i = 0; i < k; i++) short[i * k + i] = 1;
    let sweep = 0;
    while (sweepOnce(long, short, squares, k, length)) {
      if (++sweep > SWEEPS) throw new ValueError(`linalg.svd: no convergence in ${String(SWEEPS)} sweeps`);
    }
    for (let j = 0; j < k; j++) s[j] = scale * normalise(long, j, length);
    for (let j = 0; j < k; j++) {
      if (m >= n && fixSign(long, j * length, length) < 0) flip(short, j * k, k);
      if (m < n && fixSign(short, j * k, k) < 0) flip(long, j * length, length);
    }
    return { s, long, short };
  };
}

/** Row j becomes a unit vector, any one that is orthogonal to those before it if it is zero; returns its length. */
function normalise(long: Float64Array, j: number, length: number): number {
  const square = dot(long, j, j, length);
  if (square <= FLOOR) {
    completeBasis(long, j, length);
    return 0;
  }
  const norm = Math.sqrt(square);
  for (let i = 0; i < length; i++) long[j * length + i]! /= norm;
  return norm;
}

/** Makes every pair of columns orthogonal, the longer one first. Was there anything to do? */
function sweepOnce(
  long: Float64Array,
  short: Float64Array,
  squares: Float64Array,
  k: number,
  length: number,
): boolean {
  // A little above the rounding of a product and of a rotation, so that it can be reached.
  const tolerance = EPSILON * (length + 8);
  // Squared lengths, measured again after every rotation: updating them would cancel.
  for (let j = 0; j < k; j++) squares[j] = dot(long, j, j, length);
  let changed = false;
  for (let p = 0; p < k; p++) {
    for (let q = p + 1; q < k; q++) {
      if (squares[p]! < squares[q]!) {
        swapRows(long, p, q, length);
        swapRows(short, p, q, k);
        swapRows(squares, p, q, 1);
        changed = true;
      }
      const [alpha, beta] = [squares[p]!, squares[q]!];
      if (beta <= FLOOR) continue;
      const gamma = dot(long, p, q, length);
      if (Math.abs(gamma) <= tolerance * Math.sqrt(alpha) * Math.sqrt(beta)) continue;
      const t = tangentOfSmallerAngle((beta - alpha) / (2 * gamma));
      const c = 1 / Math.sqrt(t * t + 1);
      rotateRows(long, p, q, length, c, t * c);
      rotateRows(short, p, q, k, c, t * c);
      squares[p] = dot(long, p, p, length);
      squares[q] = dot(long, q, q, length);
      changed = true;
    }
  }
  return changed;
}

/** Four sums side by side: one alone would wait for every addition before the next. */
function dot(x: Float64Array, p: number, q: number, length: number): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let i = p * length;
  let j = q * length;
  const end = i + length;
  for (; i + 3 < end; i += 4, j += 4) {
    a += x[i]! * x[j]!;
    b += x[i + 1]! * x[j + 1]!;
    c += x[i + 2]! * x[j + 2]!;
    d += x[i + 3]! * x[j + 3]!;
  }
  for (; i < end; i++, j++) a += x[i]! * x[j]!;
  return a + b + (c + d);
}

function rotateRows(x: Float64Array, p: number, q: number, length: number, c: number, s: number): void {
  const end = (p + 1) * length;
  for (let i = p * length, j = q * length; i < end; i++, j++) {
    const g = x[i]!;
    const h = x[j]!;
    x[i] = c * g - s * h;
    x[j] = s * g + c * h;
  }
}

function swapRows(x: Float64Array, p: number, q: number, length: number): void {
  for (let i = 0; i < length; i++) {
    const value = x[p * length + i]!;
    x[p * length + i] = x[q * length + i]!;
    x[q * length + i] = value;
  }
}

/** Row j becomes a unit vector orthogonal to the rows before it: the unit vector that they span least, twice projected. */
function completeBasis(x: Float64Array, j: number, length: number): void {
  let best = 0;
  let least = Infinity;
  for (let i = 0; i < length; i++) {
    let spanned = 0;
    for (let row = 0; row < j; row++) spanned += x[row * length + i]! ** 2;
    if (spanned < least - 1e-8) [best, least] = [i, spanned];
  }
  x.fill(0, j * length, (j + 1) * length);
  x[j * length + best] = 1;
  for (let pass = 0; pass < 2; pass++) {
    for (let row = 0; row < j; row++) {
      const factor = dot(x, row, j, length);
      for (let i = 0; i < length; i++) x[j * length + i]! -= factor * x[row * length + i]!;
    }
    const norm = Math.sqrt(dot(x, j, j, length));
    for (let i = 0; i < length; i++) x[j * length + i]! /= norm;
  }
}
