import { colourColumns, fewestColours } from "./columns.js";
import type { Colouring } from "./colouring.js";
import { colourStar } from "./star.js";
import { rowOf, rowOfEntries, transposed, type Pattern } from "../pattern/pattern.js";

/** Which columns of a matrix (or rows, as columns of its transpose) are added up, and where its entries are then found. */
export interface Compression {
  readonly by: "columns" | "rows";
  readonly colouring: Colouring;
  /** Of every entry, in the order of the pattern, the place among the raveled sums [colours, m], or [colours, n] of rows. */
  readonly places: Int32Array;
}

/** Columns or rows, whichever takes fewer sums. */
export function compress(pattern: Pattern): Compression {
  const other = transposed(pattern);
  const [columns, rows] = [fewestColours(pattern), fewestColours(other)];
  const first = columns <= rows ? byColumns(pattern) : byRows(pattern, other);
  // No better than the lower bound: the other way need not be tried.
  if (first.colouring.count <= Math.max(columns, rows)) return first;
  const second = columns <= rows ? byRows(pattern, other) : byColumns(pattern);
  return second.colouring.count < first.colouring.count ? second : first;
}

/** Columns of a symmetric matrix: of two entries that are equal, one at least is found. */
export function compressSymmetric(pattern: Pattern): Compression {
  const n = pattern.shape[0];
  const { colours, count } = fewestFor(pattern);
  const alone = standsAlone(pattern, colours);
  const places = new Int32Array(pattern.indices.length);
  // Rows are visited in order, so that of every row the entries (j, i) are met in order.
  const next = pattern.indptr.slice();
  rowOfEntries(pattern).forEach((i, k) => {
    const j = pattern.indices[k]!;
    const mirrored = next[j]!++;
    if (i > j) return;
    // The same place for both: the result is symmetric to the bit.
    places[k] = alone[k] === 1 ? colours[j]! * n + i : colours[i]! * n + j;
    places[mirrored] = places[k]!;
  });
  return { by: "columns", colouring: { colours, count }, places };
}

/** Where no two columns of a colour meet in a row, that is a star colouring too: sometimes greed does better there. */
function fewestFor(pattern: Pattern): Colouring {
  const star = colourStar(pattern);
  if (star.count <= fewestColours(pattern)) return star;
  const columns = colourColumns(pattern);
  return columns.count < star.count ? columns : star;
}

/** For every entry (i, j), 1 if no other entry of row i is in a column of the colour of j. */
function standsAlone(pattern: Pattern, colours: Int32Array): Uint8Array {
  const [n] = pattern.shape;
  const alone = new Uint8Array(pattern.indices.length);
  const counts = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    const row = rowOf(pattern, i);
    for (const j of row) counts[colours[j]!]! += 1;
    row.forEach((j, k) => (alone[pattern.indptr[i]! + k] = counts[colours[j]!] === 1 ? 1 : 0));
    for (const j of row) counts[colours[j]!] = 0;
  }
  return alone;
}

function byColumns(pattern: Pattern): Compression {
  const [m] = pattern.shape;
  const colouring = colourColumns(pattern);
  const rows = rowOfEntries(pattern);
  const places = pattern.indices.map((j, k) => colouring.colours[j]! * m + rows[k]!);
  return { by: "columns", colouring, places };
}

function byRows(pattern: Pattern, other: Pattern): Compression {
  const [, n] = pattern.shape;
  const colouring = colourColumns(other);
  const rows = rowOfEntries(pattern);
  const places = pattern.indices.map((j, k) => colouring.colours[rows[k]!]! * n + j);
  return { by: "rows", colouring, places };
}
