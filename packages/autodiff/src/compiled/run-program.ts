import { hostArray, type Tensor, type TypedArray } from "@cotangent/core-tensor";
import { type Plan } from "@cotangent/core-tensor/plan";
import { play } from "../program/play.js";
import type { Program } from "../program/program.js";
import { lower } from "./lower.js";
import { optimise } from "./optimise.js";

/** A program as it runs. */
interface Compiled {
  readonly optimised: Program;
  readonly plan: Plan;
}

const compiled = new WeakMap<Program, Compiled>();
/** How many more runs of a program that is not compiled yet are plays. */
const plays = new WeakMap<Program, number>();

/** The plan of a program, made once. */
export function compile(program: Program): Compiled {
  let known = compiled.get(program);
  if (known === undefined) {
    const optimised = optimise(program);
    compiled.set(program, (known = { optimised, plan: lower(optimised, (called) => compile(called).plan) }));
  }
  return known;
}

/** The plan of a program that has been compiled. */
export function compiledPlan(program: Program): Plan | undefined {
  return compiled.get(program)?.plan;
}

/** Has the first `count` runs of a new program be plays, instead of the first one. */
export function playFirst(program: Program, count: number): void {
  if (!plays.has(program)) plays.set(program, count);
}

/** Runs a program on numbers. At first it is played, for compiling costs more than a few plays; the bits are the same. */
export function runProgram(program: Program, args: readonly Tensor[]): readonly Tensor[] {
  let known = compiled.get(program);
  if (known === undefined) {
    const left = plays.get(program) ?? 1;
    if (left > 0) {
      plays.set(program, left - 1);
      return play(program, args);
    }
    known = compile(program);
  }
  const numbers = new Array<TypedArray>(args.length);
  for (let i = 0; i < args.length; i++) numbers[i] = hostArray(args[i]!, "jit");
  return known.plan.run(numbers);
}
