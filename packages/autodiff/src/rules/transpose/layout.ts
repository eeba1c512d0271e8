import { bindOne, broadcastTo, reshape, slice } from "@cotangent/core-tensor";
import * as p from "@cotangent/core-tensor/primitives";
import type { TransposeRule } from "../rule.js";

/** Summing repeats the cotangent */
const sum: TransposeRule<"sum"> = (ct, { inputs: [x], params: { axes } }) => {
  const kept = x!.shape.map((length, axis) => (axes.includes(axis) ? 1 : length));
  return [broadcastTo(reshape(ct, kept), x!.shape)];
};
const cumsum: TransposeRule<"cumsum"> = (ct, { primitive, params: { axis, reverse } }) => [
  bindOne(primitive, [ct], { axis, reverse: !reverse }),
];
const reshape_: TransposeRule<"reshape"> = (ct, { inputs: [x] }) => [reshape(ct, x!.shape)];
const transpose: TransposeRule<"transpose"> = (ct, { primitive, params: { axes } }) => {
  const inverse = new Array<number>(axes.length);
  axes.forEach((axis, i) => (inverse[axis] = i));
  return [bindOne(primitive, [ct], { axes: inverse })];
};
/** The tape sums a cotangent back to the shape of its input */
const broadcastTo_: TransposeRule<"broadcastTo"> = (ct) => [ct];
const slice_: TransposeRule<"slice"> = (ct, { inputs: [x], params: { starts, steps } }) => [
  bindOne(p.place, [ct], { shape: x!.shape, starts, steps }),
];
const place: TransposeRule<"place"> = (ct, { inputs: [x], params: { starts, steps } }) => [
  bindOne(p.slice, [ct], { starts, steps, lengths: x!.shape }),
];
const concatenate: TransposeRule<"concatenate"> = (ct, { inputs, linear, params: { axis } }) => {
  const before = new Array<null>(axis).fill(null);
  let end = 0;
  return inputs.map((x, i) => {
    const start = end;
    end += x.shape[axis]!;
    return linear[i]! ? slice(ct, ...before, [start, end]) : null;
  });
};
const take: TransposeRule<"take"> = (ct, { inputs: [x, indices], params: { axis } }) => [
  bindOne(p.scatterAdd, [ct, indices!], { axis, length: x!.shape[axis]!, indexRank: indices!.ndim }),
  null,
];
const scatterAdd: TransposeRule<"scatterAdd"> = (ct, { inputs: [, indices], params: { axis } }) => [
  bindOne(p.take, [ct, indices!], { axis }),
  null,
];

/** Sums and movements of elements. */
export const layoutTranspose = {
  sum,
  cumsum,
  reshape: reshape_,
  transpose,
  broadcastTo: broadcastTo_,
  slice: slice_,
  place,
  concatenate,
  take,
  scatterAdd,
};
