import { bindOne } from "../dispatch/index.js";
import { mul } from "../ops/elementwise.js";
import { sum } from "../ops/reduce.js";
import { reshape, transpose } from "../ops/shape.js";
import * as p from "../primitives/index.js";
import { sizeOf } from "../shape/index.js";
import type { Tensor } from "../tensor/tensor.js";
import type { Label } from "./parse.js";

/** A tensor with a label for every axis, all different. */
export interface Term {
  readonly x: Tensor;
  readonly labels: readonly Label[];
}

/**
 * The product of two terms, summed over the common labels that are not in `keep`. Labels of only one term must be in
 * `keep`. It is a (batched) matrix product [batch, left, summed] @ [batch, summed, right], or, with nothing to sum, a
 * product of elements.
 */
export function contract(a: Term, b: Term, keep: readonly Label[]): Term {
  const common = a.labels.filter((label) => b.labels.includes(label));
  const batch = common.filter((label) => keep.includes(label));
  const summed = common.filter((label) => !keep.includes(label));
  const left = a.labels.filter((label) => !common.includes(label));
  const right = b.labels.filter((label) => !common.includes(label));
  const labels = [...batch, ...left, ...right];
  if (summed.length === 0) {
    const [x, y] = [arrange(a, [...batch, ...left]), arrange(b, [...batch, ...right])];
    const stretched = [...x.shape, ...right.map(() => 1)];
    const inserted = [
      ...y.shape.slice(0, batch.length),
      ...left.map(() => 1),
      ...y.shape.slice(batch.length),
    ];
    return { x: mul(reshape(x, stretched), reshape(y, inserted)), labels };
  }
  const [m, n, k] = [left, right, summed].map((group, i) => size(i === 1 ? b : a, group)) as [
    number,
    number,
    number,
  ];
  const lead = batch.length === 0 ? [] : [size(a, batch)];
  // The product reads either operand transposed, so that often nothing has to be moved.
  const transposeA = inOrder(a, [...batch, ...summed, ...left]);
  const transposeB = inOrder(b, [...batch, ...right, ...summed]);
  const x = arrange(a, transposeA ? [...batch, ...summed, ...left] : [...batch, ...left, ...summed]);
  const y = arrange(b, transposeB ? [...batch, ...right, ...summed] : [...batch, ...summed, ...right]);
  const product = bindOne(
    p.matmul,
    [
      reshape(x, [...lead, ...(transposeA ? [k, m] : [m, k])]),
      reshape(y, [...lead, ...(transposeB ? [n, k] : [k, n])]),
    ],
    { transposeA, transposeB },
  );
  const shape = labels.map((label) => lengthOf(right.includes(label) ? b : a, label));
  return { x: reshape(product, shape), labels };
}

/** The term summed over the labels that are not in `keep`. */
export function sumOut({ x, labels }: Term, keep: readonly Label[]): Term {
  const axis = [...labels.keys()].filter((i) => !keep.includes(labels[i]!));
  return axis.length === 0
    ? { x, labels }
    : { x: sum(x, { axis }), labels: labels.filter((l) => keep.includes(l)) };
}

/** The tensor of a term, axes in the order of `labels`. */
export function arrange(term: Term, labels: readonly Label[]): Tensor {
  return transpose(
    term.x,
    labels.map((label) => term.labels.indexOf(label)),
  );
}

function inOrder(term: Term, labels: readonly Label[]): boolean {
  return labels.every((label, i) => term.labels[i] === label);
}

function lengthOf(term: Term, label: Label): number {
  return term.x.shape[term.labels.indexOf(label)]!;
}

function size(term: Term, labels: readonly Label[]): number {
  return sizeOf(labels.map((label) => lengthOf(term, label)));
}
