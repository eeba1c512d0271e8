import { allNumbers, bindOne, hostArray, sizeOf, Tensor } from "@cotangent/core-tensor";
import { setsOf, unionAtPlaces } from "./families.js";
import type { PatternRule } from "./rule.js";

/** Indices are known numbers. */
export const take: PatternRule<"take"> = ({ sets: [x], inputs: [, index], primitive, params, shape, pool }) =>
  examplesOf(index!)
    .map((indices) => bindOne(primitive, [x!, indices], params))
    .reduce((all, taken) => unionAtPlaces(all, taken, pool), setsOf(shape));

/** Of all that is added at a place. */
export const scatterAdd: PatternRule<"scatterAdd"> = ({
  sets: [x],
  inputs: [, index],
  params: { axis, length },
  shape,
  pool,
}) => {
  const inner = sizeOf(shape.slice(axis + 1));
  const from = hostArray(x!, "pattern");
  const added = Array.from({ length: sizeOf(shape) }, (): number[] => []);
  for (const indices of examplesOf(index!)) {
    const rows = hostArray(indices, "pattern");
    from.forEach((set, at) => {
      const row = Math.floor(at / inner);
      const outer = Math.floor(row / rows.length);
      added[(outer * length + rows[row % rows.length]!) * inner + (at % inner)]!.push(set);
    });
  }
  return setsOf(
    shape,
    Int32Array.from(added, (sets) => pool.unionOf(sets)),
  );
};

/** The indices, which under `vmap` are others for every example: a place depends on what it does in any of them. */
function examplesOf(index: Tensor): readonly Tensor[] {
  const numbers = Int32Array.from(allNumbers(index, "pattern"));
  const { shape, size } = index;
  return Array.from(
    { length: size === 0 ? 1 : numbers.length / size },
    (_, k) => new Tensor(shape, "int32", numbers.subarray(k * size, (k + 1) * size)),
  );
}
