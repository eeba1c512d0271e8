import { rowOf, type Pattern } from "../pattern/pattern.js";
import { Forbidden, largestFirst, type Colouring } from "./colouring.js";

/**
 * A star colouring of the graph of a symmetric matrix: neighbours have different colours, and every path of four vertices
 * has three colours at least. Then of the entries h_ij = h_ji one stands alone in the sum of the columns of its colour:
 * j is the only neighbour of i with its colour, or i the only one of j. Rows without entries have the colour -1.
 *
 * Greedy, vertices with many neighbours first. Source: Gebremedhin, Manne, Pothen, "What Color Is Your Jacobian?"
 * (2005), section 4 and algorithm 4.1.
 */
export function colourStar(pattern: Pattern): Colouring {
  const size = pattern.shape[0];
  const colours = new Int32Array(size).fill(-1);
  const degrees = Int32Array.from({ length: size }, (_, v) => rowOf(pattern, v).length);
  if (pattern.indices.length === size * size) {
    return { colours: colours.map((_, v) => v), count: size };
  }
  const forbidden = new Forbidden(size);
  const colour = (v: number): number => colours[v]!;
  /** Has a neighbour of x, other than w, the colour of w? */
  const endsIn = (x: number, w: number): boolean => {
    for (const y of rowOf(pattern, x)) if (y !== w && y !== x && colour(y) === colour(w)) return true;
    return false;
  };
  let count = 0;
  for (const v of largestFirst(degrees)) {
    if (degrees[v] === 0) continue;
    for (const w of rowOf(pattern, v)) forbidden.add(colour(w), v);
    for (const w of rowOf(pattern, v)) {
      if (w === v) continue;
      for (const x of rowOf(pattern, w)) {
        // On the path v - w - x - y, two colours must not alternate. A vertex w without a colour gets neighbours of
        // different colours, so that no path has its middle there later.
        if (x === w || colour(x) < 0 || forbidden.has(colour(x), v)) continue;
        if (colour(w) < 0 || endsIn(x, w)) forbidden.add(colour(x), v);
      }
    }
    colours[v] = forbidden.first(v);
    count = Math.max(count, colours[v] + 1);
  }
  return { colours, count };
}
