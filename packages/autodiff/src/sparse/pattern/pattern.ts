/** Which entries of a matrix may be other than zero: those of row i are in columns indices[indptr[i] .. indptr[i + 1]]. */
export interface Pattern {
  readonly shape: readonly [rows: number, columns: number];
  readonly indptr: Int32Array;
  /** Ascending within a row. */
  readonly indices: Int32Array;
}

/** The pattern with these rows, each a list of columns in any order; what is given twice counts once. */
export function patternOfRows(rows: readonly Iterable<number>[], columns: number): Pattern {
  const sorted = rows.map((row) => Int32Array.from(new Set(row)).sort());
  const indptr = new Int32Array(rows.length + 1);
  sorted.forEach((row, i) => (indptr[i + 1] = indptr[i]! + row.length));
  const indices = new Int32Array(indptr[rows.length]!);
  sorted.forEach((row, i) => {
    indices.set(row, indptr[i]);
  });
  return { shape: [rows.length, columns], indptr, indices };
}

/** The columns with an entry in row i. */
export function rowOf({ indptr, indices }: Pattern, i: number): Int32Array {
  return indices.subarray(indptr[i], indptr[i + 1]);
}

/** The row of every entry. */
export function rowOfEntries({ shape: [rows], indptr, indices }: Pattern): Int32Array {
  const result = new Int32Array(indices.length);
  for (let i = 0; i < rows; i++) result.fill(i, indptr[i], indptr[i + 1]);
  return result;
}

/** The pattern of A^T from that of A. */
export function transposed(pattern: Pattern): Pattern {
  const [rows, columns] = pattern.shape;
  const indptr = new Int32Array(columns + 1);
  for (const j of pattern.indices) indptr[j + 1]! += 1;
  for (let j = 0; j < columns; j++) indptr[j + 1]! += indptr[j]!;
  const next = indptr.slice();
  const indices = new Int32Array(pattern.indices.length);
  rowOfEntries(pattern).forEach((row, k) => (indices[next[pattern.indices[k]!]!++] = row));
  return { shape: [columns, rows], indptr, indices };
}

/** Of A + A^T, for a square A. */
export function symmetrised(pattern: Pattern): Pattern {
  const other = transposed(pattern);
  if (same(pattern.indptr, other.indptr) && same(pattern.indices, other.indices)) return pattern;
  const rows = Array.from({ length: pattern.shape[0] }, (_, i) => [...rowOf(pattern, i), ...rowOf(other, i)]);
  return patternOfRows(rows, pattern.shape[1]);
}

function same(a: Int32Array, b: Int32Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
