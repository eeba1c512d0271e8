import { isFloat, type Tensor } from "@cotangent/core-tensor";
import { NotDifferentiableError } from "../errors/errors.js";
import { flattenLike, type Flat } from "../tree/index.js";

/**
 * Tangents (or cotangents) for given values: a tree of their structure, shapes and dtypes. Numbers and other float types
 * are converted, so that a derivative has the dtype of what it belongs to.
 *
 * @throws TreeError when the structure or a shape differs
 */
export function tangentsLike(values: Flat, tangents: unknown, where: string): readonly Tensor[] {
  return flattenLike(values, tangents, where).map((tangent, i) => {
    const { dtype } = values.leaves[i]!;
    return isFloat(dtype) ? tangent.astype(dtype) : tangent;
  });
}

/** Refuses arguments that carry no derivative. */
export function checkFloating(flat: Flat, where: string): void {
  const integer: Tensor | undefined = flat.leaves.find((x) => !isFloat(x.dtype));
  if (integer !== undefined) {
    throw new NotDifferentiableError(
      `${where}: an argument has dtype ${integer.dtype}, which has no derivative. Convert it with astype("float64"), ` +
        "or leave it out of argnums",
    );
  }
}
