import { ShapeError, ValueError } from "../errors/index.js";
import { formatShape, type Shape } from "../shape/index.js";

/** A letter of the specification, or the k-th axis from the end under an ellipsis, "...k". */
export type Label = string;

/** What a specification means for operands of given shapes. */
export interface Contraction {
  /** The label of every axis of every operand. */
  readonly operands: readonly (readonly Label[])[];
  readonly output: readonly Label[];
  /** The length of every label; an axis of length 1 stretches to it. */
  readonly lengths: ReadonlyMap<Label, number>;
}

/**
 * Reads "ij,jk->ik". Without "->" the output has the ellipsis and then the letters that occur once, in alphabetical order
 * (capitals first), as in NumPy.
 */
export function parse(spec: string, shapes: readonly Shape[]): Contraction {
  const [left, right, ...more] = spec.replaceAll(/\s/g, "").split("->");
  if (left === undefined || more.length > 0) throw new ValueError(`einsum: "${spec}" has more than one "->"`);
  const terms = left.split(",").map((term) => readTerm(term, spec));
  if (terms.length !== shapes.length) {
    throw new ValueError(
      `einsum: "${spec}" is for ${String(terms.length)} operands, but ${String(shapes.length)} are given`,
    );
  }
  const operands = terms.map((term, i) => labelsOf(term, shapes[i]!, spec, i));
  const dots = Math.max(
    0,
    ...operands.map((labels) => labels.filter((label) => label.startsWith("...")).length),
  );
  const ellipsis = ellipsisLabels(dots);
  return {
    operands,
    output: right === undefined ? implicitOutput(terms, ellipsis) : readOutput(right, terms, ellipsis, spec),
    lengths: lengthsOf(operands, shapes, spec),
  };
}

/** "ab...c" -> a, b, "...", c */
function readTerm(text: string, spec: string): string[] {
  const term: string[] = text.match(/\.\.\.|[A-Za-z]/g) ?? [];
  if (term.join("") !== text || term.indexOf("...") !== term.lastIndexOf("...")) {
    throw new ValueError(
      `einsum: "${text}" in "${spec}" is not a list of letters with at most one "...": separate operands by "," and the output by "->"`,
    );
  }
  return term;
}

function labelsOf(term: readonly string[], shape: Shape, spec: string, operand: number): Label[] {
  const letters = term.filter((label) => label !== "...").length;
  const dots = shape.length - letters;
  if (dots < 0 || (dots > 0 && !term.includes("..."))) {
    throw new ShapeError(
      `einsum: "${term.join("")}" in "${spec}" names ${String(letters)} axes, but operand ${String(operand)} has shape ${formatShape(shape)}`,
    );
  }
  return term.flatMap((label) => (label === "..." ? ellipsisLabels(dots) : [label]));
}

/** Counted from the end, so that ellipses of different ranks are aligned as in broadcasting. */
function ellipsisLabels(count: number): Label[] {
  return Array.from({ length: count }, (_, i) => `...${String(count - i)}`);
}

function implicitOutput(terms: readonly (readonly string[])[], ellipsis: readonly Label[]): Label[] {
  const letters = terms.flat().filter((label) => label !== "...");
  const once = letters.filter((label) => letters.indexOf(label) === letters.lastIndexOf(label));
  return [...ellipsis, ...once.sort()];
}

function readOutput(
  text: string,
  terms: readonly (readonly string[])[],
  ellipsis: readonly Label[],
  spec: string,
): Label[] {
  const output = readTerm(text, spec);
  for (const label of output) {
    if (label !== "..." && !terms.some((term) => term.includes(label))) {
      throw new ValueError(`einsum: the output of "${spec}" has "${label}", which no operand has`);
    }
    if (output.indexOf(label) !== output.lastIndexOf(label)) {
      throw new ValueError(`einsum: the output of "${spec}" has "${label}" twice`);
    }
  }
  if (ellipsis.length > 0 && !output.includes("...")) {
    throw new ValueError(
      `einsum: the output of "${spec}" needs "..." for the axes that the operands have there`,
    );
  }
  return output.flatMap((label) => (label === "..." ? ellipsis : [label]));
}

function lengthsOf(
  operands: readonly (readonly Label[])[],
  shapes: readonly Shape[],
  spec: string,
): Map<Label, number> {
  const lengths = new Map<Label, number>();
  operands.forEach((labels, operand) => {
    const own = new Map<Label, number>();
    labels.forEach((label, axis) => {
      const length = shapes[operand]![axis]!;
      const known = own.get(label) ?? lengths.get(label) ?? 1;
      // Within one operand, where a repeated label is a diagonal, nothing stretches.
      if (length !== known && (own.has(label) || (length !== 1 && known !== 1))) {
        throw new ShapeError(
          `einsum: ${nameOf(label)} in "${spec}" has length ${String(known)} and, in operand ${String(operand)} of shape ${formatShape(shapes[operand]!)}, ${String(length)}`,
        );
      }
      own.set(label, length);
    });
    for (const [label, length] of own) if (length !== 1 || !lengths.has(label)) lengths.set(label, length);
  });
  return lengths;
}

function nameOf(label: Label): string {
  return label.startsWith("...") ? `axis -${label.slice(3)} of "..."` : `"${label}"`;
}
