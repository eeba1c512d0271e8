/** What is predicted: one of two classes, or a number. */
export type Task = "classification" | "regression";

/** Numbers, ready to be split: `x` is rows x features, row by row. */
export interface Dataset {
  /** The name of the file it came from. */
  readonly name: string;
  readonly task: Task;
  /** The name of the predicted column. */
  readonly target: string;
  /** For classification, the labels of y = 0 and of y = 1. */
  readonly classes: readonly [string, string] | undefined;
  readonly features: readonly string[];
  readonly rows: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
}
