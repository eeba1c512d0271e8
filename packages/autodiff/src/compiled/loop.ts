import {
  any,
  checkTraced,
  notEqual,
  peel,
  reshape,
  topTrace,
  tracedOf,
  type Tensor,
  UnknownValueError,
} from "@cotangent/core-tensor";
import { BatchTrace } from "../batch/batch-trace.js";
import { TruthOfExamples, truthOf } from "../batch/truth.js";
import { batchedFunction, inWhole } from "./batched.js";
import { callProgram } from "./call-program.js";
import { play } from "../program/play.js";
import { ProgramTrace } from "../program/program-trace.js";
import type { Program } from "../program/program.js";
import { record } from "../program/record.js";
import { isUnknown } from "../program/unknown.js";

type Leaves = readonly Tensor[];

/** A loop as programs: both take the carry, followed by values that stay the same. */
export interface Loop {
  readonly condition: Program;
  readonly body: Program;
}

/**
 * While the condition holds of the carry, the carry is replaced by what the body makes of it. While it is not known
 * whether it holds, all that is a line of a program.
 *
 * @throws UnknownValueError for the derivative of a loop whose number of steps is not known
 */
export function loop(programs: Loop, carry: Leaves, constants: Leaves): Leaves {
  const { condition, body } = programs;
  const top = topTrace([...carry, ...constants].map(peel));
  if (top instanceof ProgramTrace) return asLine(programs, carry, constants, top);
  if (top instanceof BatchTrace) return onBatch(programs, carry, constants, top);
  let current = carry;
  for (;;) {
    const [holds] = callProgram(condition, [...current, ...constants]);
    if (isUnknown(holds!)) {
      throw new UnknownValueError(
        "whileLoop: inside of jit the number of steps is not known, and so many values would have to be kept for the " +
          "derivative. Use scan with a fixed length (and where to stop early), or take the derivative of the jitted " +
          "function outside: grad(jit(f))",
      );
    }
    const running = truthOf(holds!, "whileLoop: condition");
    const all = [...current, ...constants];
    if (running === true) current = callProgram(body, all);
    else if (running !== false && running.somewhere) {
      current = running.choose(callProgram(body, running.confine(all)), current);
    } else return current;
  }
}

/**
 * One level down, where a batch is one value: the loop runs while the condition holds for an example, and leaves those alone
 * for which it does not. For which ones it does is the first part of its carry.
 */
function onBatch({ condition, body }: Loop, carry: Leaves, constants: Leaves, trace: BatchTrace): Leaves {
  const n = carry.length;
  const holds = (xs: Leaves) => notEqual(reshape(play(condition, xs)[0]!, []), 0);
  const step = ([mask, ...xs]: Leaves) => {
    const running = new TruthOfExamples(mask!);
    const next = running.choose(play(body, running.confine(xs)), xs);
    return [holds([...next, ...xs.slice(n)]), ...next];
  };
  const fixed = constants.map((x) => trace.below(x));
  const start = [holds([...carry, ...constants]), ...carry].map((x) => trace.wholeOf(x));
  const which = [...start.map(() => true), ...fixed.map(({ batched }) => batched)];
  const inputs = [{ shape: [], dtype: "bool" } as const, ...body.inputs];
  const whole = inWhole(batchedFunction(step, inputs, which, trace.size), trace.size);
  const someHolds = record(([mask]) => [any(mask!)], whole.inputs).program;
  const last = loop(
    { condition: someHolds, body: whole },
    start,
    fixed.map(({ value }) => value),
  );
  return last.slice(1).map((x) => trace.batch(x));
}

function asLine(programs: Loop, carry: Leaves, constants: Leaves, trace: ProgramTrace): Leaves {
  const inputs = [...carry, ...constants].map(peel);
  for (const x of inputs) {
    const traced = tracedOf(x);
    if (traced !== undefined) checkTraced(traced, "whileLoop");
  }
  const n = carry.length;
  const call = {
    name: "whileLoop",
    programs: { ...programs },
    control: { kind: "loop", ...programs } as const,
    apply: (xs: Leaves) => loop(programs, xs.slice(0, n), xs.slice(n)),
  };
  return trace.record(call, inputs, programs.body.outputs);
}
