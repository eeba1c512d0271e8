import type { TypedArray } from "../dtype/index.js";
import type { MatmulLayout } from "../kernels/contract.js";

/**
 * The hot replacement of `matmulKernel` on the host. It adds the same products in the same order (k upwards), so the
 * bits are equal; it only chooses the loop order that walks memory forwards.
 */
export function matmul(
  a: TypedArray,
  b: TypedArray,
  layout: MatmulLayout,
  batches: number,
  out: TypedArray,
): void {
  const { m, n, k, batchA, batchB } = layout;
  for (let batch = 0; batch < batches; batch++) {
    const startA = batch * batchA;
    const startB = batch * batchB;
    const startOut = batch * m * n;
    if (n === 1 && layout.innerA !== 1 && layout.rowA === 1 && k > 1) {
      columnsTimesVector(a, startA, b, startB, layout, out, startOut);
    } else if (layout.innerB !== 1 && n > 1) {
      rowsByAxpy(a, startA, b, startB, layout, out, startOut);
    } else {
      rowsByDot(a, startA, b, startB, layout, out, startOut);
    }
  }
}

/** out = sum of A[:, k] b[k], column by column: A is stored by columns. */
function columnsTimesVector(
  a: TypedArray,
  startA: number,
  b: TypedArray,
  startB: number,
  { m, k, innerA, innerB }: MatmulLayout,
  out: TypedArray,
  startOut: number,
): void {
  out.fill(0, startOut, startOut + m);
  addScaledRows(b, startB, innerB, a, startA, innerA, 1, k, out, startOut, m);
}

/** out[i, :] = sum of A[i, k] B[k, :]: the rows of B are contiguous, or nearly so. */
function rowsByAxpy(
  a: TypedArray,
  startA: number,
  b: TypedArray,
  startB: number,
  { m, n, k, rowA, innerA, innerB, columnB }: MatmulLayout,
  out: TypedArray,
  startOut: number,
): void {
  out.fill(0, startOut, startOut + m * n);
  for (let i = 0; i < m; i++) {
    addScaledRows(a, startA + i * rowA, innerA, b, startB, innerB, columnB, k, out, startOut + i * n, n);
  }
}

/** out[i, j] = <A[i, :], B[:, j]>: the columns of B are contiguous. */
function rowsByDot(
  a: TypedArray,
  startA: number,
  b: TypedArray,
  startB: number,
  { m, n, k, rowA, innerA, innerB, columnB }: MatmulLayout,
  out: TypedArray,
  startOut: number,
): void {
  if (n === 1) {
    dots(b, startB, innerB, a, startA, innerA, rowA, k, out, startOut, m);
    return;
  }
  for (let i = 0; i < m; i++) {
    dots(a, startA + i * rowA, innerA, b, startB, innerB, columnB, k, out, startOut + i * n, n);
  }
}

/**
 * out[j] += sum over l of f[l] V[l, j] for j < length. Four rows at a time, so that out is loaded and stored a quarter as
 * often; each out[j] still adds its products one by one, upwards.
 */
function addScaledRows(
  f: TypedArray,
  startF: number,
  stepF: number,
  v: TypedArray,
  startV: number,
  rowV: number,
  stepV: number,
  k: number,
  out: TypedArray,
  to: number,
  length: number,
): void {
  let l = 0;
  for (; l + 4 <= k; l += 4) {
    const at = startF + l * stepF;
    const [f0, f1, f2, f3] = [f[at]!, f[at + stepF]!, f[at + 2 * stepF]!, f[at + 3 * stepF]!];
    const row = startV + l * rowV;
    for (let j = 0; j < length; j++) {
      const from = row + j * stepV;
      let total = out[to + j]! + f0 * v[from]!;
      total += f1 * v[from + rowV]!;
      total += f2 * v[from + 2 * rowV]!;
      out[to + j] = total + f3 * v[from + 3 * rowV]!;
    }
  }
  for (; l < k; l++) {
    const factor = f[startF + l * stepF]!;
    const row = startV + l * rowV;
    for (let j = 0; j < length; j++) out[to + j]! += factor * v[row + j * stepV]!;
  }
}

/** out[j] = <c, V_j> for j < length: four sums at a time, which do not wait for each other. */
function dots(
  c: TypedArray,
  startC: number,
  stepC: number,
  v: TypedArray,
  startV: number,
  stepV: number,
  nextV: number,
  k: number,
  out: TypedArray,
  to: number,
  length: number,
): void {
  let j = 0;
  for (; j + 4 <= length; j += 4) {
    const v0 = startV + j * nextV;
    const [v1, v2, v3] = [v0 + nextV, v0 + 2 * nextV, v0 + 3 * nextV];
    let [t0, t1, t2, t3] = [0, 0, 0, 0];
    for (let l = 0; l < k; l++) {
      const factor = c[startC + l * stepC]!;
      const step = l * stepV;
      t0 += factor * v[v0 + step]!;
      t1 += factor * v[v1 + step]!;
      t2 += factor * v[v2 + step]!;
      t3 += factor * v[v3 + step]!;
    }
    out[to + j] = t0;
    out[to + j + 1] = t1;
    out[to + j + 2] = t2;
    out[to + j + 3] = t3;
  }
  for (; j < length; j++) {
    const from = startV + j * nextV;
    let total = 0;
    for (let l = 0; l < k; l++) total += c[startC + l * stepC]! * v[from + l * stepV]!;
    out[to + j] = total;
  }
}
