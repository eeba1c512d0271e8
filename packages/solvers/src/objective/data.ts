import { asTensor, formatShape, matmul, ShapeError, type Like, type Tensor } from "@cotangent/core-tensor";
import { pair } from "../hyper/index.js";

/** Samples in the rows of X [samples, features], and what is known of each: y [samples] (or [samples, outputs]). */
export type Data = readonly [X: Like, y: Like];

/**
 * The predictions X W of a linear model, and the y that they are compared with.
 *
 * @throws ShapeError when X is no matrix, has no rows, or does not fit the parameters
 */
export function predict(
  params: Like,
  data: Data,
  where: string,
): { readonly prediction: Tensor; readonly y: Tensor } {
  pair(data, where, "data = [X, y]");
  const [x, y, w] = [asTensor(data[0]), asTensor(data[1]), asTensor(params)];
  const fits = x.ndim === 2 && (w.ndim === 1 || w.ndim === 2) && x.shape[1] === w.shape[0];
  if (!fits) {
    throw new ShapeError(
      `${where}: X ${formatShape(x.shape)} must be a matrix [samples, features], and the parameters ` +
        `${formatShape(w.shape)} a vector [features] or a matrix [features, outputs]`,
    );
  }
  if (x.shape[0] === 0)
    throw new ShapeError(`${where}: X ${formatShape(x.shape)} has no samples to take the mean of`);
  return { prediction: matmul(x, w), y };
}

/** Refuses a y that is not one number for each prediction. */
export function checkTargets(prediction: Tensor, y: Tensor, where: string): void {
  if (y.ndim === prediction.ndim && y.shape.every((length, axis) => length === prediction.shape[axis]))
    return;
  throw new ShapeError(
    `${where}: the predictions X W have shape ${formatShape(prediction.shape)}, but y has ${formatShape(y.shape)}`,
  );
}
