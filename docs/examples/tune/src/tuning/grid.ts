import type { Tensor } from "@cotangent/core-tensor";
import type { Bilevel } from "./bilevel.js";
import { coldStart, innerSolver } from "./inner-solver.js";
import { penaltyGrid, samePenalty } from "./penalties.js";
import type { GridResult } from "./result.js";

/** The best single penalty: the inner problem for every value of the grid, from the largest penalty down. */
export function searchGrid(
  problem: Bilevel,
  count: number,
  onPoint: (done: number) => void,
): { result: GridResult; x: Tensor } {
  const solver = innerSolver(problem);
  let x = coldStart(problem);
  // Each solution starts the next solve: neighbours on the grid are close.
  const points = penaltyGrid(count)
    .reverse()
    .map((penalty, i) => {
      x = solver.run(x, samePenalty(penalty, problem.features)).x;
      onPoint((i + 1) / count);
      return { penalty, x, validationLoss: problem.validationLoss(x).item() };
    })
    .reverse();
  const best = points.reduce(
    (least, point, i) => (point.validationLoss < points[least]!.validationLoss ? i : least),
    0,
  );
  return {
    result: { points: points.map(({ penalty, validationLoss }) => ({ penalty, validationLoss })), best },
    x: points[best]!.x,
  };
}
