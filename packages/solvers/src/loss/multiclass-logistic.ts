import {
  arange,
  asTensor,
  equal,
  expandDims,
  formatShape,
  logsumexp,
  sameShape,
  ShapeError,
  softplus,
  stopGradient,
  sub,
  sum,
  where,
  type Like,
  type Tensor,
} from "@cotangent/core-tensor";
import { checkValues } from "../hyper/index.js";

/**
 * The logistic loss of classification with several classes, for a label y and logits z, the classes along the last axis:
 *
 *     -log softmax(z)_y = log Σ_j exp(z_j) - z_y = softplus(log Σ_{j ≠ y} exp(z_j - z_y))
 *
 * The last form keeps all digits of losses near 0 as well. The derivative in z is softmax(z) - onehot(y). Labels are
 * names of classes and have no derivative.
 *
 * @param label - whole numbers 0 ... classes - 1, of shape [...]
 * @param logits - [..., classes], two classes or more
 * @returns the losses, of shape [...]
 * @throws ValueError for a label that is not one of the classes
 * @throws ShapeError when labels and logits do not fit, or for fewer than two classes
 * @example
 * ```ts
 * loss.multiclassLogistic(tensor([2, 0]), tensor([[0, 0, 0], [50, 0, 0]])); // => [1.0986123e+00, 3.8574997e-22]
 * ```
 */
export function multiclassLogistic(label: Like, logits: Like): Tensor {
  const y = stopGradient(asTensor(label));
  const z = asTensor(logits);
  const classes = z.shape[z.ndim - 1] ?? 0;
  if (classes < 2) {
    throw new ShapeError(
      `loss.multiclassLogistic: needs logits of two classes or more along the last axis, got ${formatShape(z.shape)}`,
    );
  }
  if (!sameShape(y.shape, z.shape.slice(0, -1))) {
    throw new ShapeError(
      `loss.multiclassLogistic: labels of shape ${formatShape(y.shape)} do not fit logits of shape ` +
        `${formatShape(z.shape)}: needs one label for each vector along the last axis`,
    );
  }
  const isClass = (value: number) => Number.isInteger(value) && value >= 0 && value < classes;
  checkValues(y, isClass, "loss.multiclassLogistic", "a label", `a whole number from 0 to ${classes - 1}`);
  const own = equal(expandDims(y, -1), arange(classes));
  const target = sum(where(own, z, 0), { axis: -1, keepDims: true });
  return softplus(logsumexp(where(own, -Infinity, sub(z, target)), { axis: -1 }));
}
