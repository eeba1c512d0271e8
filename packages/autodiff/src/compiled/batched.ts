import { withTrace, type Abstract, type Tensor } from "@cotangent/core-tensor";
import { BatchTrace } from "../batch/batch-trace.js";
import { programOf } from "../program/dead-equations.js";
import { play } from "../program/play.js";
import type { Program } from "../program/program.js";
import { record, recordWith } from "../program/record.js";
import { repeated } from "../rules/batch/align.js";

type Leaves = readonly Tensor[];

/** A program for a batch: the examples are along axis 0 of its batched inputs. */
export interface BatchedProgram {
  readonly program: Program;
  /** The outputs that differ between examples. */
  readonly outputs: readonly boolean[];
}

/** What a program is on a batch of some size, for the inputs that are batched. */
export function batched(program: Program, which: readonly boolean[], size: number): BatchedProgram {
  return batchedFunction((xs) => play(program, xs), program.inputs, which, size);
}

/** The same for a function of an example. */
export function batchedFunction(
  f: (xs: Leaves) => Leaves,
  example: readonly Abstract[],
  which: readonly boolean[],
  size: number,
): BatchedProgram {
  const inputs = example.map(({ shape, dtype }, i) => ({
    shape: which[i]! ? [size, ...shape] : shape,
    dtype,
  }));
  return recordWith(inputs, (xs, trace) =>
    withTrace(
      (level) => new BatchTrace(level, size, { name: "vmap", place: () => undefined }),
      (batch) => {
        const results = f(xs.map((x, i) => (which[i]! ? batch.batch(x) : x))).map((x) => batch.below(x));
        return {
          program: programOf(
            xs.map((x) => trace.variableOf(x)),
            trace.equations,
            results.map(({ value }) => trace.atomOf(value)),
          ),
          outputs: results.map((result) => result.batched),
        };
      },
    ),
  );
}

/** All outputs with the examples along axis 0, also those that are the same for all. */
export function inWhole({ program, outputs }: BatchedProgram, size: number): Program {
  const whole = (xs: Leaves) =>
    play(program, xs).map((value, i) => repeated({ value, batched: outputs[i]! }, size));
  return record(whole, program.inputs).program;
}
