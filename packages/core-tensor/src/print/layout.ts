import type { Shape } from "../shape/index.js";

/** What stands for the entries that are left out. */
const GAP = "...";

/** The indices along one axis that are shown; -1 stands for the gap. */
function shownIndices(length: number, edgeItems: number): number[] {
  if (length <= 2 * edgeItems) return Array.from({ length }, (_, i) => i);
  const edge = Array.from({ length: edgeItems }, (_, i) => i);
  return [...edge, -1, ...edge.map((i) => length - edgeItems + i)];
}

/** The positions, in row-major order, of the elements that are shown. */
export function shownPositions(shape: Shape, edgeItems: number): number[] {
  return shape.reduce(
    (positions, length) => {
      const indices = shownIndices(length, edgeItems).filter((i) => i >= 0);
      return positions.flatMap((position) => indices.map((i) => position * length + i));
    },
    [0],
  );
}

/**
 * Nested brackets around texts: a line per row, and an empty line more for each axis further out. A row that is longer
 * than `lineWidth` goes on in the next line, below its first element.
 *
 * @param texts - of the shown elements, in row-major order
 */
export function layOut(texts: readonly string[], shape: Shape, edgeItems: number, lineWidth: number): string {
  const indent = " ".repeat(shape.length);
  let next = 0;
  const write = (axis: number): string => {
    if (axis === shape.length) return texts[next++]!;
    const parts = shownIndices(shape[axis]!, edgeItems).map((i) => (i < 0 ? GAP : write(axis + 1)));
    const depth = shape.length - axis - 1;
    if (depth === 0) return `[${wrap(parts, indent, lineWidth - shape.length)}]`;
    return `[${parts.join(`,${"\n".repeat(depth)}${" ".repeat(axis + 1)}`)}]`;
  };
  return write(0);
}

/** Words and commas in lines of `width` columns, all with an indent that is left out in the first one. */
function wrap(words: readonly string[], indent: string, width: number): string {
  const lines: string[] = [];
  let line = "";
  for (const word of words) {
    if (line !== "" && indent.length + line.length + 2 + word.length > width) {
      lines.push(`${line},`);
      line = word;
    } else {
      line = line === "" ? word : `${line}, ${word}`;
    }
  }
  return [...lines, line].join(`\n${indent}`);
}
