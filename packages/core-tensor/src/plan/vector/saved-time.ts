import type { VectorKernel } from "./vector-kernel.js";

/** Nanoseconds that an operation along rows saves for an element. */
const ofRows = { sum: 0.5, max: 1.5, min: 1.5, spread: 0.25, cumsum: 2, sort: 4 };

/**
 * An estimate of the nanoseconds that a call saves by running in vectors instead of a plain loop: measured on programs of
 * few operations, where it matters (docs/decisions/0039). Where it is negative, operands that are not read in order, or
 * short reductions, cost more in copies than vectors win.
 */
export function savedTime({ nodes, parts, sources, targets, reductions }: VectorKernel): number {
  const functions = nodes.filter(({ kind }) => kind === "function").length;
  const operations = nodes.filter(({ kind }) => kind === "operation").length;
  const reading = sources.reduce((cost, { reader }) => cost + (reader?.cost ?? 0), 0);
  const arrays = sources.filter(({ reader }) => reader !== undefined).length + targets.length;
  const sums = reductions.filter(({ kind }) => kind === "sum").length;
  const extrema = reductions.length - sums;
  const alongRows = nodes.reduce((saved, node) => saved + (node.kind === "rows" ? ofRows[node.name] : 0), 0);
  const ofElement =
    1 * targets.length + 0.25 * operations + 4 * functions + alongRows + 0.25 * sums - reading - 1 * extrema;
  const ofCall = 50 * arrays + 800 * reductions.length;
  return ofElement * parts.outer * parts.length * parts.inner - ofCall;
}
