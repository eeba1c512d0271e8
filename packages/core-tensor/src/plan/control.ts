import { allocate, type TypedArray } from "../dtype/index.js";
import { sizeOf } from "../shape/index.js";
import { keepNoCopies } from "../simd/index.js";
import type { Preparation } from "./description.js";
import type { Plan } from "./plan.js";

type Arrays = readonly TypedArray[];

/** A step that runs another plan. */
export function calling(plan: Plan): Preparation {
  return () => (inputs, outputs) => {
    plan.computeInto(inputs, outputs);
  };
}

/** A step that runs one of two plans, as the first input says, on the others. */
export function branching(ifTrue: Plan, ifFalse: Plan): Preparation {
  return () => (inputs, outputs) => {
    const [predicate, ...others] = inputs;
    (predicate![0] === 0 ? ifFalse : ifTrue).computeInto(others, outputs);
  };
}

/**
 * A step that replaces the first of its values by what the body makes of all, while the condition holds of them. They are
 * in two sets of arrays in turn, so that the body does not overwrite what it reads; what it hands on as it is stays where
 * it is.
 */
export function looping(condition: Plan, body: Plan): Preparation {
  return (carry) => {
    const holds = [allocate(condition.results[0]!.dtype, 1)];
    const makeSet = () =>
      carry.map(({ shape, dtype }, i) => {
        if (body.keeps(i)) return undefined;
        const array = allocate(dtype, sizeOf(shape));
        keepNoCopies(array.buffer);
        return array;
      });
    const [even, odd] = [makeSet(), makeSet()];
    return (inputs, outputs) => {
      const values = inputs.slice();
      let [next, other] = [arraysOf(even, inputs), arraysOf(odd, inputs)];
      for (;;) {
        condition.computeInto(values, holds);
        if (holds[0]![0] === 0) break;
        body.computeInto(values, next);
        for (let i = 0; i < next.length; i++) values[i] = next[i]!;
        [next, other] = [other, next];
      }
      for (let i = 0; i < outputs.length; i++) outputs[i]!.set(values[i]!);
    };
  };
}

function arraysOf(set: readonly (TypedArray | undefined)[], kept: Arrays): Arrays {
  return set.map((array, i) => array ?? kept[i]!);
}
