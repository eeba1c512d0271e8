import { asTensor, formatShape, isFloat, isNumeric, isTensor, type Tensor } from "@cotangent/core-tensor";
import { NonScalarError, NotDifferentiableError } from "../errors/errors.js";
import { describeNode } from "../tree/structure.js";

/**
 * The one real number that a function returned whose gradient is wanted.
 *
 * @param subject - who returned it, for errors: `grad: the function`
 * @throws NonScalarError for anything else, and for a tensor that is no scalar
 * @throws NotDifferentiableError for an integer or a bool
 * @example
 * ```ts
 * realScalar(2, "loss: the function"); // => 2
 * ```
 */
export function realScalar(result: unknown, subject: string): Tensor {
  if (!isTensor(result) && !isNumeric(result)) {
    throw new NonScalarError(
      `${subject} must return one real number, but it returned ${describeNode(result)}`,
    );
  }
  const value = asTensor(result);
  if (value.ndim !== 0) {
    throw new NonScalarError(
      `${subject} must return one real number, but it returned a tensor of shape ${formatShape(value.shape)}. Reduce it ` +
        "(sum, mean), or use jacobian",
    );
  }
  if (!isFloat(value.dtype)) {
    throw new NotDifferentiableError(
      `${subject} must return one real number, but it returned dtype ${value.dtype}, which has no derivative. Comparisons, ` +
        "argmax and other whole numbers do not change with their arguments, so their derivative would be 0 wherever it " +
        "exists: return a real quantity",
    );
  }
  return value;
}
