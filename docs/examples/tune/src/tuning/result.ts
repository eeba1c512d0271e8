import type { Dataset } from "../data/dataset.js";

/** Everything that a run found out: what the table and the report show, as plain numbers. */
export interface ExperimentResult {
  readonly data: Pick<Dataset, "name" | "task" | "target" | "classes" | "features" | "rows">;
  readonly parts: { readonly training: number; readonly validation: number; readonly test: number };
  readonly seed: number;
  readonly grid: GridResult;
  readonly tuning: TuningResult;
  /** The model with the best single penalty. */
  readonly single: Evaluation;
  /** The model with one tuned penalty per feature. */
  readonly tuned: Evaluation;
  readonly penalties: readonly FeaturePenalty[];
  readonly comparison: HypergradientComparison;
  readonly residuals: Residuals;
  readonly derivativeError: DerivativeErrorResult;
  /** Wall time of the whole run. */
  readonly seconds: number;
}

/** Validation loss against one penalty for all features. */
export interface GridResult {
  readonly points: readonly { readonly penalty: number; readonly validationLoss: number }[];
  /** Index of the point with the least validation loss. */
  readonly best: number;
}

/** What gradient descent on the log-penalties did. */
export interface TuningResult {
  /** The start and the end of every accepted step. */
  readonly trace: readonly TuningPoint[];
  readonly stoppedBecause: "converged" | "budget" | "no descent";
  readonly innerSolves: number;
}

export interface TuningPoint {
  readonly step: number;
  readonly trainingLoss: number;
  readonly validationLoss: number;
  readonly testLoss: number;
  /** Norm of the hypergradient (of its part that the bounds leave free). */
  readonly gradientNorm: number;
}

/** How good one fitted model is on each part. */
export interface Evaluation {
  readonly trainingLoss: number;
  readonly validationLoss: number;
  readonly testLoss: number;
  /** Accuracy (0 to 1) for classification, R^2 for regression; on the test part. */
  readonly testScore: number;
  /** Root mean squared error on the test part in the target's own units; regression only. */
  readonly testRmse: number | undefined;
}

export interface FeaturePenalty {
  readonly feature: string;
  readonly single: number;
  readonly tuned: number;
  /** Weights of the standardised feature. */
  readonly singleWeight: number;
  readonly tunedWeight: number;
}

/** The same hypergradient, three times. */
export interface HypergradientComparison {
  readonly methods: readonly HypergradientMethod[];
  /** Number of penalties that central differences were taken for. */
  readonly checked: number;
}

export interface HypergradientMethod {
  readonly name: "implicit differentiation" | "unrolling" | "central differences";
  /** Median wall time, the inner solves included. */
  readonly milliseconds: number;
  /** How many times that is the median of. */
  readonly runs: number;
  readonly innerSolves: number;
  /** -log10 of the relative distance to the implicit one; undefined for that itself. */
  readonly digits: number | undefined;
}

/** The largest residuals that the run met. */
export interface Residuals {
  /** Norm of the gradient of the inner objective at its solution. */
  readonly inner: number;
  /** Relative residual of the linear solve behind a hypergradient. */
  readonly backward: number;
  /** What solved those. */
  readonly backwardMethod: string;
}

/** Relative error of the hypergradient when the inner problem is solved to a tolerance. */
export interface DerivativeErrorResult {
  /** They end where a tolerance takes too many iterations. */
  readonly points: readonly DerivativeErrorPoint[];
}

export interface DerivativeErrorPoint {
  readonly tolerance: number;
  readonly iterations: number;
  readonly implicit: number;
  readonly unrolled: number;
  readonly oneStep: number;
}
