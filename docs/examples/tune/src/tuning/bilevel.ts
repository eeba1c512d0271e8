import type { Dataset } from "../data/dataset.js";
import type { StandardisedData } from "../data/standardise.js";
import { lossOn, type Loss } from "../model/loss.js";
import { penalised, type Objective } from "../model/penalised.js";

/** The two nested problems: weights fit the training rows, log-penalties the validation rows. */
export interface Bilevel {
  /** Minimised in x, for given log-penalties theta. */
  readonly objective: Objective;
  /** Minimised in theta, at the solution of the inner problem. */
  readonly validationLoss: Loss;
  /** Only watched. */
  readonly trainingLoss: Loss;
  readonly testLoss: Loss;
  /** Entries of theta. */
  readonly features: number;
  readonly trainingRows: number;
}

export function bilevel(
  data: StandardisedData,
  { task, features }: Pick<Dataset, "task" | "features">,
): Bilevel {
  const trainingLoss = lossOn(data.training, task);
  return {
    objective: penalised(trainingLoss),
    validationLoss: lossOn(data.validation, task),
    trainingLoss,
    testLoss: lossOn(data.test, task),
    features: features.length,
    trainingRows: data.training.rows,
  };
}
