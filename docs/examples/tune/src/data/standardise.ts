import { InputError, quote } from "../errors.js";
import type { Dataset } from "./dataset.js";
import type { Split } from "./split.js";

/** Rows in the model's units: `x` is rows x features, row by row. */
export interface Part {
  readonly rows: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** The three parts, in units of the training part. */
export interface StandardisedData {
  readonly training: Part;
  readonly validation: Part;
  readonly test: Part;
  /** What one unit of y is in the file: the standard deviation for regression, 1 for classification. */
  readonly unit: number;
}

/**
 * Features with mean 0 and standard deviation 1 over the training rows. Validation and test rows are scaled by the same
 * numbers: using their own would tell the model about them. For regression the target is scaled likewise.
 *
 * @throws InputError for a feature (or a response) that does not vary within the training rows
 */
export function standardise(data: Dataset, split: Split): StandardisedData {
  const scales = data.features.map((name, j) => {
    const scale = scaleOf(split.training.map((i) => data.x[i * data.features.length + j]!));
    if (scale.deviation > 0) return scale;
    throw new InputError(
      `${data.name}, column ${quote(name)} is constant in the training rows; remove it or try another --seed`,
    );
  });
  const response =
    data.task === "regression"
      ? scaleOf(split.training.map((i) => data.y[i]!))
      : { largest: 1, mean: 0, deviation: 1 };
  if (!(response.deviation > 0)) {
    throw new InputError(
      `${data.name}, target ${quote(data.target)} is constant in the training rows; try another --seed`,
    );
  }
  const part = (rows: readonly number[]): Part => ({
    rows: rows.length,
    x: Float64Array.from(rows.flatMap((i) => scales.map((s, j) => apply(s, data.x[i * scales.length + j]!)))),
    y: Float64Array.from(rows, (i) => apply(response, data.y[i]!)),
  });
  return {
    training: part(split.training),
    validation: part(split.validation),
    test: part(split.test),
    unit: response.largest * response.deviation,
  };
}

/** In units of the largest size, so that squares neither overflow nor vanish. */
interface Scale {
  readonly largest: number;
  readonly mean: number;
  readonly deviation: number;
}

function apply({ largest, mean, deviation }: Scale, value: number): number {
  return (value / largest - mean) / deviation;
}

function scaleOf(values: readonly number[]): Scale {
  // The mean of equal numbers can differ from them by rounding; that is no variation.
  if (values.every((value) => value === values[0])) return { largest: 1, mean: values[0] ?? 0, deviation: 0 };
  const largest = values.reduce((size, value) => Math.max(size, Math.abs(value)), 0);
  const scaled = values.map((value) => value / largest);
  const mean = scaled.reduce((sum, value) => sum + value, 0) / scaled.length;
  const variance = scaled.reduce((sum, value) => sum + (value - mean) ** 2, 0) / scaled.length;
  return { largest, mean, deviation: Math.sqrt(variance) };
}
