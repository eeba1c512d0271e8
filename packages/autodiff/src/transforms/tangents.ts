import { formatShape, isFloat, sameShape, type Tensor } from "@cotangent/core-tensor";
import { TangentError } from "../errors/errors.js";
import { flatten, formatStructure, sameStructure, type Flat } from "../tree/index.js";
import { pathOf } from "../tree/paths.js";

/**
 * Tangents (or cotangents) for given values: a tree of their structure, shapes and dtypes. Numbers and other float types
 * are converted, so that a derivative has the dtype of what it belongs to.
 *
 * @throws TangentError when the structure or a shape differs, or a tangent of a real value is not real
 */
export function tangentsLike(values: Flat, tangents: unknown, where: string): readonly Tensor[] {
  const flat = flatten(tangents, where);
  if (!sameStructure(flat.structure, values.structure)) {
    throw new TangentError(
      `${where}: expected the structure of the values, ${formatStructure(values.structure)}, got ` +
        `${formatStructure(flat.structure)}. Every value needs one; zerosLike(x) stands for none`,
    );
  }
  return flat.leaves.map((tangent, i) => {
    const { shape, dtype } = values.leaves[i]!;
    const named = () => where + pathOf(values.structure, i);
    if (!sameShape(tangent.shape, shape)) {
      throw new TangentError(
        `${named()}: expected the shape of its value, ${formatShape(shape)}, got ${formatShape(tangent.shape)}. Tangents do ` +
          "not broadcast: use broadcastTo, or onesLike(x).mul(t)",
      );
    }
    if (!isFloat(dtype)) return tangent;
    if (!isFloat(tangent.dtype)) {
      throw new TangentError(
        `${named()}: a tangent of a ${dtype} value is real, got dtype ${tangent.dtype}. Convert it with astype("${dtype}")`,
      );
    }
    return tangent.astype(dtype);
  });
}
