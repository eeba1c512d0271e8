import { ValueError } from "../errors/index.js";
import { arrange, contract, sumOut, type Term } from "../einsum/contract.js";
import { parse, type Contraction, type Label } from "../einsum/parse.js";
import { needed, plan } from "../einsum/plan.js";
import { checkShape, type Shape } from "../shape/index.js";
import type { Like } from "../tensor/like.js";
import type { Tensor } from "../tensor/tensor.js";
import { diagonal } from "./diagonal.js";
import { promoteNumbers } from "./promote.js";
import { reshape } from "./shape.js";

/**
 * Einstein's sum: the product of the operands, elements with equal indices, summed over all indices that the output does
 * not have. "ij,jk->ik" is the matrix product, "ii->i" a diagonal, "...ij->...ji" a transpose; without "->" the output has
 * the indices that occur once, in alphabetical order. Lengths of 1 broadcast. Pairs are contracted in the order of
 * `einsumPath`, as matrix products.
 *
 * @throws ValueError for a specification that cannot be read or is for another number of operands
 * @throws ShapeError when an index has two lengths, or an operand another number of axes
 * @example
 * ```ts
 * einsum("ij,jk->ik", [[1, 2], [3, 4]], [[1, 0], [1, 1]]); // => [[3, 2],\n [7, 4]]
 * einsum("ii", [[1, 2], [3, 4]]).item(); // => 5
 * einsum("i,j->ji", [1, 2], [3, 4]); // => [[3, 6],\n [4, 8]]
 * ```
 */
export function einsum(spec: string, ...xs: readonly Like[]): Tensor {
  if (typeof spec !== "string") {
    throw new ValueError('einsum: the first argument is the specification, such as "ij,jk->ik"');
  }
  if (xs.length === 0) throw new ValueError("einsum: needs at least one operand");
  const inputs = promoteNumbers(xs);
  const contraction = parse(
    spec,
    inputs.map((x) => x.shape),
  );
  const prepared = inputs.map((x, i) =>
    withoutStretching(withoutRepeats(x, contraction.operands[i]!), contraction),
  );
  const { output } = contraction;
  const labels = prepared.map((term) => term.labels);
  const { steps } = plan({ ...contraction, operands: labels });
  const terms = prepared.map((term, i) => {
    const others = labels.filter((_, j) => j !== i);
    return sumOut(term, needed(term.labels, others, output));
  });
  for (const { left, right, result } of steps) terms.push(contract(terms[left]!, terms[right]!, result));
  return arrange(terms[terms.length - 1]!, output);
}

/** The order in which `einsum` contracts, and what it costs. */
export interface EinsumPath {
  /** Pairs of terms; operands are numbered from 0, and what a step makes gets the next number. */
  readonly steps: readonly (readonly [left: number, right: number])[];
  /** The number of multiplications in this order. */
  readonly multiplications: number;
  /** That of one loop over all indices: their lengths times (operands - 1). */
  readonly naive: number;
}

/**
 * The order of pairwise contractions that `einsum` takes for operands of the given shapes: that with the fewest
 * multiplications, found by dynamic programming over subsets, for up to 8 operands; beyond, the cheapest pair each time.
 *
 * Source: R. N. C. Pfeifer, J. Haegeman, F. Verstraete, Faster identification of optimal contraction sequences for tensor
 * networks, Physical Review E 90, 033315 (2014)
 *
 * @example
 * ```ts
 * const path = einsumPath("ij,jk,k->i", [100, 100], [100, 100], [100]);
 * path.steps; // => [[1,2],[0,3]]
 * [path.multiplications, path.naive]; // => [20000,2000000]
 * ```
 */
export function einsumPath(spec: string, ...shapes: readonly Shape[]): EinsumPath {
  for (const shape of shapes) checkShape(shape, "einsumPath");
  const contraction = parse(spec, shapes);
  const operands = contraction.operands.map((labels, i) =>
    labels.filter((label, axis) => !stretches(shapes[i]![axis]!, label, contraction)),
  );
  const { steps, multiplications, naive } = plan({ ...contraction, operands });
  return { steps: steps.map(({ left, right }) => [left, right]), multiplications, naive };
}

/** A label that occurs twice in a term is the diagonal of its axes. */
function withoutRepeats(x: Tensor, labels: readonly Label[]): Term {
  const axis2 = labels.findIndex((label, axis) => labels.indexOf(label) < axis);
  if (axis2 < 0) return { x, labels };
  const label = labels[axis2]!;
  const axis1 = labels.indexOf(label);
  const others = labels.filter((_, axis) => axis !== axis1 && axis !== axis2);
  return withoutRepeats(diagonal(x, { axis1, axis2 }), [...others, label]);
}

/** An axis of length 1 that stretches is dropped: the product does not depend on it. */
function withoutStretching({ x, labels }: Term, contraction: Contraction): Term {
  const kept = labels.filter((label, axis) => !stretches(x.shape[axis]!, label, contraction));
  if (kept.length === labels.length) return { x, labels };
  const shape = x.shape.filter((length, axis) => !stretches(length, labels[axis]!, contraction));
  return { x: reshape(x, shape), labels: kept };
}

function stretches(length: number, label: Label, { lengths }: Contraction): boolean {
  return length === 1 && lengths.get(label) !== 1;
}
