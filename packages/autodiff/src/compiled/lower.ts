import { hostArray, type Tensor, type TypedArray } from "@cotangent/core-tensor";
import {
  branching,
  calling,
  joinRows,
  looping,
  Plan,
  settled,
  type PlanDescription,
  type SlotView,
  type StepDescription,
} from "@cotangent/core-tensor/plan";
import { isConstant, type Atom } from "../program/atom.js";
import type { ProgramEquation } from "../program/equation.js";
import type { Program } from "../program/program.js";

/**
 * A program as a plan.
 *
 * @param planOf - the plans of programs that it calls
 */
export function lower(program: Program, planOf: (program: Program) => Plan): Plan {
  return new Plan(joinRows(describe(program, planOf)));
}

/** What a plan is made from: values get slots, a reshape is another view of one. */
export function describe(
  { inputs, equations, outputs }: Program,
  planOf: (program: Program) => Plan,
): PlanDescription {
  const slots = new Map<Atom, number>();
  const constants = new Map<number, TypedArray>();
  let count = 0;
  const slotOf = (atom: Atom): number => {
    let slot = slots.get(atom);
    if (slot === undefined) slots.set(atom, (slot = count++));
    if (isConstant(atom)) constants.set(slot, hostArray(atom, "jit"));
    return slot;
  };
  const view = (atom: Atom): SlotView => ({ slot: slotOf(atom), shape: atom.shape, dtype: atom.dtype });
  const arguments_ = inputs.map(slotOf);
  const steps: StepDescription[] = [];
  for (const equation of equations) {
    if (isReshape(equation)) slots.set(equation.outputs[0]!, slotOf(equation.inputs[0]!));
    else {
      const ends = { inputs: equation.inputs.map(view), outputs: equation.outputs.map(view) };
      steps.push({ ...ends, ...operationOf(equation, planOf) });
    }
  }
  return { inputs: arguments_, constants, steps, results: outputs.map(view) };
}

function operationOf(equation: ProgramEquation, planOf: (program: Program) => Plan) {
  if (!("call" in equation)) return { primitive: equation.primitive, params: equation.params };
  const { call } = equation;
  const { control, name } = call;
  switch (control?.kind) {
    case undefined:
      // A check looks at numbers; other code may keep what it gets.
      return {
        name,
        apply: (xs: readonly Tensor[]) => call.apply(call.isCheck === true ? xs : xs.map(settled)),
      };
    case "call":
      return { name, prepare: calling(planOf(control.program)) };
    case "branch":
      return { name, prepare: branching(planOf(control.ifTrue), planOf(control.ifFalse)) };
    case "loop":
      return { name, prepare: looping(planOf(control.condition), planOf(control.body)) };
  }
}

function isReshape(equation: ProgramEquation): boolean {
  return "primitive" in equation && equation.primitive.name === "reshape" && equation.fused === undefined;
}
