import type { TypedArray } from "../dtype/index.js";
import type { Plan } from "./plan.js";

type Arrays = readonly TypedArray[];

/** A step that runs another plan. */
export function calling(plan: Plan): (inputs: Arrays) => Arrays {
  return (inputs) => plan.compute(inputs);
}

/** A step that runs one of two plans, as the first input says, on the others. */
export function branching(ifTrue: Plan, ifFalse: Plan): (inputs: Arrays) => Arrays {
  return ([predicate, ...inputs]) => (predicate![0] === 0 ? ifFalse : ifTrue).compute(inputs);
}

/** A step that replaces the first of its values by what the body makes of all, while the condition holds of them. */
export function looping(condition: Plan, body: Plan): (inputs: Arrays) => Arrays {
  return (inputs) => {
    const values = [...inputs];
    while (condition.compute(values)[0]![0] !== 0) {
      const next = body.compute(values);
      for (let i = 0; i < next.length; i++) values[i] = next[i]!;
    }
    return values;
  };
}
