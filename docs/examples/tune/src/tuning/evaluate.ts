import type { Tensor } from "@cotangent/core-tensor";
import type { Task } from "../data/dataset.js";
import type { StandardisedData } from "../data/standardise.js";
import { accuracy, rootMeanSquaredError, rSquared } from "../model/score.js";
import type { Bilevel } from "./bilevel.js";
import type { Evaluation } from "./result.js";

/** The losses and scores of one fitted model. */
export function evaluate(
  problem: Bilevel,
  { test, unit }: StandardisedData,
  task: Task,
  x: Tensor,
): Evaluation {
  const regression = task === "regression";
  return {
    trainingLoss: problem.trainingLoss(x).item(),
    validationLoss: problem.validationLoss(x).item(),
    testLoss: problem.testLoss(x).item(),
    testScore: regression ? rSquared(test, x) : accuracy(test, x),
    testRmse: regression ? unit * rootMeanSquaredError(test, x) : undefined,
  };
}
