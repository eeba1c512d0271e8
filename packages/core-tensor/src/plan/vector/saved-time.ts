import type { Level, Node } from "./nodes.js";
import type { VectorKernel } from "./vector-kernel.js";

/** Nanoseconds that an operation along rows saves for an element. */
const ofRows = { sum: 0.5, max: 1.5, min: 1.5, spread: 0.25, cumsum: 2, sort: 4 };

/**
 * An estimate of the nanoseconds that a call saves by running in vectors instead of a plain loop: measured on programs of
 * few operations, where it matters (docs/decisions/0039). Where it is negative, operands that are not read in order, or
 * short reductions, cost more in copies than vectors win.
 */
export function savedTime({ nodes, parts, sources, targets, reductions }: VectorKernel): number {
  const share = (level: Level): number => (level === "row" ? 1 / parts.length : 1);
  const ofNodes = nodes.reduce((saved, node) => saved + share(node.level) * ofNode(node), 0);
  const alongRows = nodes.reduce((saved, node) => saved + (node.kind === "rows" ? ofRows[node.name] : 0), 0);
  const stored = targets.reduce((saved, { level }) => saved + share(level), 0);
  const read = sources.flatMap((source) => (source.reader === undefined ? [] : [source]));
  const reading = read.reduce((cost, { reader, level }) => cost + share(level) * reader.cost, 0);
  const sums = reductions.filter(({ kind }) => kind === "sum").length;
  const extrema = reductions.length - sums;
  const ofElement = ofNodes + alongRows + stored + 0.25 * sums - reading - 1 * extrema;
  const ofCall = 50 * (read.length + targets.length) + 800 * reductions.length + (alongRows > 0 ? 300 : 0);
  return ofElement * parts.outer * parts.length * parts.inner - ofCall;
}

function ofNode({ kind }: Node): number {
  return kind === "operation" ? 0.25 : kind === "function" ? 4 : 0;
}
