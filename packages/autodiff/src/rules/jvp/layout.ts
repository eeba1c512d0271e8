import { bindOne, concatenate as join } from "@cotangent/core-tensor";
import * as p from "@cotangent/core-tensor/primitives";
import { along, each, linear, type JvpRule } from "../rule.js";

/** Tangents joined. If only some that stand together are not zero, they are put in place: a tape need not keep zeros. */
const concatenate: JvpRule<"concatenate"> = (tangents, at) => {
  const first = tangents.findIndex((t) => t !== null);
  const end = tangents.findLastIndex((t) => t !== null) + 1;
  const run = tangents.slice(first, end).filter((t) => t !== null);
  if (run.length === tangents.length || run.length < end - first) {
    return linear(tangents, at);
  }
  const { axis } = at.params;
  const { shape } = at.outputs[0]!;
  const starts = shape.map(() => 0);
  for (const x of at.inputs.slice(0, first)) starts[axis]! += x.shape[axis]!;
  return [bindOne(p.place, [join(run, axis)], { shape, starts, steps: shape.map(() => 1) })];
};

/** Moving elements is linear. */
export const layoutJvp = {
  reshape: linear,
  transpose: linear,
  broadcastTo: linear,
  slice: linear,
  place: linear,
  concatenate,
  take: each<"take">(along(0), null),
  scatterAdd: each<"scatterAdd">(along(0), null),
};
