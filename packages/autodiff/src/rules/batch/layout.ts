import { add, bind, bindOne, reshape, Tensor } from "@cotangent/core-tensor";
import { moveAxis, repeated, withRank } from "./align.js";
import { alongAxis } from "./families.js";
import type { BatchRule } from "./rule.js";

const reshape_: BatchRule<"reshape"> = ([x], { primitive, params: { shape }, size }) =>
  bind(primitive, [x!.value], { shape: [size, ...shape] });
const transpose: BatchRule<"transpose"> = ([x], { primitive, params: { axes } }) =>
  bind(primitive, [x!.value], { axes: [0, ...axes.map((axis) => axis + 1)] });
const broadcastTo: BatchRule<"broadcastTo"> = ([x], { primitive, params: { shape }, size }) =>
  bind(primitive, [withRank(x!, shape.length)], { shape: [size, ...shape] });
const slice: BatchRule<"slice"> = ([x], { primitive, params: { starts, lengths, steps }, size }) =>
  bind(primitive, [x!.value], { starts: [0, ...starts], lengths: [size, ...lengths], steps: [1, ...steps] });
const place: BatchRule<"place"> = ([x], { primitive, params: { shape, starts, steps }, size }) =>
  bind(primitive, [x!.value], { shape: [size, ...shape], starts: [0, ...starts], steps: [1, ...steps] });

/** The examples and the axis become one axis; example b's indices into it are those of its own part. */
const take: BatchRule<"take"> = ([x, index], { primitive, params: { axis }, size }) => {
  if (!index!.batched) return bind(primitive, [x!.value, index!.value], { axis: axis + 1 });
  if (!x!.batched) return [moveAxis(bindOne(primitive, [x!.value, index!.value], { axis }), axis, 0)];
  const along = moveAxis(x!.value, axis + 1, 1);
  const [, length, ...others] = along.shape as [number, number, ...number[]];
  const flat = reshape(along, [size * length, ...others]);
  let result = bindOne(primitive, [flat, ownPart(index!.value, length)], { axis: 0 });
  // [B, ...indices, ...before, ...after] -> [B, ...before, ...indices, ...after]
  const rank = index!.value.ndim - 1;
  for (let k = 0; k < axis; k++) result = moveAxis(result, 1 + rank + k, 1 + k);
  return [result];
};

/** The transpose of `take`, in the same way. */
const scatterAdd: BatchRule<"scatterAdd"> = ([x, index], { primitive, params, size }) => {
  const { axis, length, indexRank } = params;
  if (!index!.batched) return bind(primitive, [x!.value, index!.value], { ...params, axis: axis + 1 });
  let values = repeated(x!, size);
  // [B, ...before, ...indices, ...after] -> [B, ...indices, ...before, ...after]
  for (let k = 0; k < indexRank; k++) values = moveAxis(values, 1 + axis + k, 1 + k);
  const flat = bindOne(primitive, [values, ownPart(index!.value, length)], {
    axis: 0,
    length: size * length,
    indexRank: indexRank + 1,
  });
  return [moveAxis(reshape(flat, [size, length, ...flat.shape.slice(1)]), 1, axis + 1)];
};

/** indices[b, ...] + b length */
function ownPart(indices: Tensor, length: number): Tensor {
  const [size, ...rest] = indices.shape as [number, ...number[]];
  const starts = Int32Array.from({ length: size }, (_, b) => b * length);
  return add(indices, new Tensor([size, ...rest.map(() => 1)], "int32", starts));
}

/** Moving elements. */
export const layoutBatch = {
  reshape: reshape_,
  transpose,
  broadcastTo,
  slice,
  place,
  concatenate: alongAxis,
  take,
  scatterAdd,
};
