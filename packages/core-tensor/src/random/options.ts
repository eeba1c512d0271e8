import { checkDType, isFloat } from "../dtype/index.js";
import { DTypeError, ShapeError } from "../errors/index.js";
import { broadcastTo } from "../ops/shape.js";
import { broadcastShapes, checkShape, formatShape, sameShape, type Shape } from "../shape/index.js";
import { asTensor, type Like } from "../tensor/like.js";
import { astype } from "../ops/promote.js";
import type { Tensor } from "../tensor/tensor.js";

/** dtype of real samples. */
export type FloatDType = "float64" | "float32";

/** The shape of the samples; a bare shape says only that. */
export interface ShapeOptions {
  /** @defaultValue the broadcast shape of the parameters; `[]` without any */
  readonly shape?: Shape;
}

/** What functions with real samples take. */
export interface SampleOptions extends ShapeOptions {
  /** @defaultValue "float64" */
  readonly dtype?: FloatDType;
}

/** `[3]` as short for `{ shape: [3] }`. */
export function optionsOf<O extends ShapeOptions>(options: Shape | O): Partial<O> & ShapeOptions {
  return isShape(options) ? ({ shape: options } as Partial<O> & ShapeOptions) : options;
}

const isShape = (options: object): options is Shape => Array.isArray(options);

/** Refuses, for real samples, dtypes that are not. */
export function floatOf(dtype: FloatDType | undefined, where: string): FloatDType {
  const chosen: string = dtype ?? "float64";
  checkDType(chosen, where);
  if (!isFloat(chosen)) throw new DTypeError(`${where}: samples are float64 or float32, not ${chosen}`);
  return chosen === "float32" ? "float32" : "float64";
}

/**
 * The shape of the samples, and the parameters with it.
 *
 * @throws ShapeError when the parameters do not broadcast to the shape
 */
export function fitParameters(
  parameters: readonly Like[],
  shape: Shape | undefined,
  dtype: FloatDType,
  where: string,
): { readonly shape: Shape; readonly fitted: readonly Tensor[] } {
  const tensors = parameters.map((parameter) => astype(asTensor(parameter, dtype), dtype));
  const common = tensors.reduce<Shape>((s, { shape: t }) => broadcastShapes(s, t, where), []);
  const chosen = shape ?? common;
  checkShape(chosen, where);
  if (!sameShape(broadcastShapes(chosen, common, where), chosen)) {
    throw new ShapeError(
      `${where}: parameters of shape ${formatShape(common)} do not broadcast to the shape ${formatShape(chosen)} of the samples`,
    );
  }
  return { shape: chosen, fitted: tensors.map((t) => broadcastTo(t, chosen)) };
}
