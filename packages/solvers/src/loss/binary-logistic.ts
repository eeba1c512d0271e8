import {
  add,
  asTensor,
  greater,
  mul,
  neg,
  softplus,
  sub,
  where,
  type Like,
  type Tensor,
} from "@cotangent/core-tensor";
import { checkValues } from "../hyper/index.js";
import { checkSameShape } from "./same-shape.js";

/**
 * The logistic loss of binary classification, for a label y and a logit z:
 *
 *     -y log σ(z) - (1 - y) log σ(-z) = softplus(z) - y z
 *
 * computed as softplus(-|z|) + |z| (1 - y where z > 0, y elsewhere), which has no cancellation. Element by element. Labels
 * may lie between 0 and 1 (then y is a probability), and the loss is differentiable in them: its derivatives are σ(z) - y
 * in z, and -z in y.
 *
 * @param label - 0, 1 or between; a scalar or the shape of the logits
 * @param logit - a scalar or the shape of the labels
 * @throws ValueError for a label outside of [0, 1]: labels of -1 and 1 become 0 and 1 by (y + 1) / 2
 * @throws ShapeError when the shapes differ and neither is a scalar
 * @example
 * ```ts
 * loss.binaryLogistic(tensor([1, 0, 1]), tensor([0, 0, 800])); // => [0.69314718, 0.69314718, 0]
 * ```
 */
export function binaryLogistic(label: Like, logit: Like): Tensor {
  const z = asTensor(logit);
  const y = asTensor(label, z.dtype);
  checkSameShape(y, z, "loss.binaryLogistic", ["labels", "logits"]);
  const allowed = (value: number) => value >= 0 && value <= 1;
  checkValues(
    y,
    allowed,
    "loss.binaryLogistic",
    "a label",
    "0, 1 or between (map -1, 1 to 0, 1 with (y + 1) / 2)",
  );
  const positive = greater(z, 0);
  // Not abs: both pieces are the same smooth function, and at z = 0 each has its derivatives, which |z| has not.
  const below = where(positive, neg(z), z);
  return add(softplus(below), mul(where(positive, sub(1, y), y), neg(below)));
}
