import { ones, UnknownValueError, type Tensor } from "@cotangent/core-tensor";
import { linearised } from "../compiled/linearised.js";
import { play } from "../program/play.js";
import type { Program } from "../program/program.js";
import { record } from "../program/record.js";

type Leaves = readonly Tensor[];

/** The gradient of a program with one number for a result, with respect to its first inputs, as programs. */
export interface GradientPrograms {
  /** inputs -> value, gradient */
  readonly both: () => Program;
  /** inputs -> value, and what `later` needs */
  readonly first: Program;
  /** what `first` kept -> gradient */
  readonly later: () => Program;
}

const known = new WeakMap<Program, GradientPrograms | null>();

/** The gradient of a program with respect to its first `count` inputs; null where it cannot be recorded. */
export function gradientPrograms(program: Program, count: number): GradientPrograms | null {
  let found = known.get(program);
  if (found === undefined) known.set(program, (found = make(program, count)));
  return found;
}

function make(program: Program, count: number): GradientPrograms | null {
  try {
    const {
      known: first,
      backward,
      live,
    } = linearised(
      program,
      program.inputs.map((_, i) => i < count),
    );
    const [value, ...residuals] = first.outputs;
    const seeds = live.map(() => ones([], { dtype: value!.dtype }));
    const gradient = (kept: Leaves): Leaves => play(backward(), [...kept, ...seeds]);
    let both: Program | undefined;
    let later: Program | undefined;
    const recordBoth = (xs: Leaves): Leaves => {
      const [result, ...kept] = play(first, xs);
      return [result!, ...gradient(kept)];
    };
    return {
      first,
      both: () => (both ??= record(recordBoth, program.inputs).program),
      later: () => (later ??= record(gradient, residuals).program),
    };
  } catch (error) {
    // A loop whose number of steps is not known.
    if (error instanceof UnknownValueError) return null;
    throw error;
  }
}
