import { hostArray, type Tensor } from "@cotangent/core-tensor";
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
const played = new WeakSet<Program>();

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

/** Runs a program on numbers. At its first run it is played, for compiling costs more than that; the bits are the same. */
export function runProgram(program: Program, args: readonly Tensor[]): readonly Tensor[] {
  if (!compiled.has(program) && !played.has(program)) {
    played.add(program);
    return play(program, args);
  }
  return compile(program).plan.run(args.map((x) => hostArray(x, "jit")));
}
