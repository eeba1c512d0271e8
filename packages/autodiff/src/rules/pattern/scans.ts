import { hostArray, sizeOf } from "@cotangent/core-tensor";
import { setsOf, unionOver } from "./families.js";
import type { PatternRule } from "./rule.js";

export const sum: PatternRule<"sum"> = ({ sets: [x], params: { axes }, pool }) => unionOver(x!, axes, pool);

/** The union of an element and those before it. */
export const cumsum: PatternRule<"cumsum"> = ({ sets: [x], params: { axis, reverse }, shape, pool }) => {
  const out = Int32Array.from(hostArray(x!, "pattern"));
  const length = shape[axis]!;
  const inner = sizeOf(shape.slice(axis + 1));
  for (let row = 0; row < out.length; row += length * inner) {
    for (let k = 1; k < length; k++) {
      const [to, from] = reverse ? [length - 1 - k, length - k] : [k, k - 1];
      for (let i = row; i < row + inner; i++) {
        out[i + to * inner] = pool.union(out[i + to * inner]!, out[i + from * inner]!);
      }
    }
  }
  return setsOf(shape, out);
};
