import { rowOf, transposed, type Pattern } from "../pattern/pattern.js";
import { Forbidden, largestFirst, type Colouring } from "./colouring.js";

/**
 * Colours for the columns of a matrix, so that no two columns of one colour have an entry in the same row: then every
 * entry stands alone in the sum of the columns of its colour. Columns without entries have the colour -1.
 *
 * Greedy, columns that meet many others first. Source: Gebremedhin, Manne, Pothen, "What Color Is Your Jacobian?"
 * (2005), section 3.2 (structurally orthogonal partition by distance-2 colouring of the bipartite graph).
 */
export function colourColumns(pattern: Pattern): Colouring {
  const byColumn = transposed(pattern);
  const size = pattern.shape[1];
  const colours = new Int32Array(size).fill(-1);
  const met = Int32Array.from({ length: size }, (_, j) =>
    rowOf(byColumn, j).reduce((total, i) => total + rowOf(pattern, i).length, 0),
  );
  const forbidden = new Forbidden(size);
  let count = 0;
  for (const j of largestFirst(met)) {
    if (met[j] === 0) continue;
    for (const i of rowOf(byColumn, j)) for (const k of rowOf(pattern, i)) forbidden.add(colours[k]!, j);
    colours[j] = forbidden.first(j);
    count = Math.max(count, colours[j] + 1);
  }
  return { colours, count };
}

/** What every colouring of the columns needs: the most entries in a row. */
export function fewestColours({ shape: [rows], indptr }: Pattern): number {
  let most = 0;
  for (let i = 0; i < rows; i++) most = Math.max(most, indptr[i + 1]! - indptr[i]!);
  return most;
}
