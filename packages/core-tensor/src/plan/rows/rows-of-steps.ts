import type { Prepared } from "../../primitives/primitive.js";
import type { SlotView, StepDescription } from "../description.js";
import { Plan } from "../plan.js";
import { candidate, vectorsOrNone, whenWorthwhile } from "../vector/index.js";
import { rowKernel, type RowShape } from "./row-kernel.js";
import type { RowStep } from "./row-step.js";

/** Runs steps one after the other, or, where that is faster, as one kernel in vectors, with the same bits. */
export function rowsOf(
  steps: readonly StepDescription[],
  rows: readonly RowStep[],
  shape: RowShape,
  inputs: readonly SlotView[],
  outputs: readonly SlotView[],
): Prepared {
  let plain: Plan | undefined;
  const vectors = whenWorthwhile(() => {
    const kernel = vectorsOrNone(() => rowKernel(rows, shape, inputs, outputs));
    return kernel && candidate(kernel, () => undefined);
  });
  return (operands, results) => {
    if (vectors(shape.size)?.(operands, results) === true) {
      plain = undefined;
      return;
    }
    plain ??= new Plan({
      inputs: inputs.map(({ slot }) => slot),
      constants: new Map(),
      steps,
      results: outputs,
    });
    plain.computeInto(operands, results);
  };
}
