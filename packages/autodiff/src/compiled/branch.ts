import {
  checkTraced,
  peel,
  topTrace,
  tracedOf,
  where,
  zeros,
  type Abstract,
  type Tensor,
} from "@cotangent/core-tensor";
import { BatchTrace } from "../batch/batch-trace.js";
import { truthOf, type Truth } from "../batch/truth.js";
import { JvpTrace } from "../jvp/jvp-trace.js";
import { repeated } from "../rules/batch/align.js";
import { linearCall } from "../tape/linear-call.js";
import { batched } from "./batched.js";
import { callProgram } from "./call-program.js";
import { linearised, type Linearised } from "./linearised.js";
import { play } from "../program/play.js";
import { ProgramTrace } from "../program/program-trace.js";
import type { Program } from "../program/program.js";
import { record } from "../program/record.js";
import { isUnknown } from "../program/unknown.js";

type Leaves = readonly Tensor[];

/** Two programs with equal inputs and equal outputs. */
export interface Branches {
  readonly ifTrue: Program;
  readonly ifFalse: Program;
}

/** Runs one of two programs: the first where the predicate holds. While that is not known, it is a line of a program. */
export function branch(branches: Branches, predicate: Tensor, args: Leaves): Leaves {
  const [condition, ...inputs] = [predicate, ...args].map(peel) as [Tensor, ...Tensor[]];
  if (!isUnknown(condition)) {
    return chosen(branches, truthOf(condition, "cond: predicate"), inputs);
  }
  const top = topTrace([condition, ...inputs]);
  for (const x of [condition, ...inputs]) {
    const traced = tracedOf(x);
    if (traced !== undefined) checkTraced(traced, "cond");
  }
  if (top instanceof JvpTrace) return onDuals(branches, condition, inputs, top);
  if (top instanceof BatchTrace) return onBatch(branches, condition, inputs, top);
  const { ifTrue, ifFalse } = branches;
  const call = {
    name: "cond",
    programs: { ifTrue, ifFalse },
    control: { kind: "branch", ifTrue, ifFalse } as const,
    apply: ([p, ...xs]: Leaves) => branch(branches, p!, xs),
  };
  if (top instanceof ProgramTrace) return top.record(call, [condition, ...inputs], ifTrue.outputs);
  // Any other transformation carries values forwards: there both may be computed, and one chosen.
  const no = play(ifFalse, inputs);
  return play(ifTrue, inputs).map((yes, i) => where(condition, yes, no[i]!));
}

/** The branch that is taken, or for the examples of a batch the one of each. */
function chosen({ ifTrue, ifFalse }: Branches, truth: Truth, inputs: Leaves): Leaves {
  if (typeof truth === "boolean") return callProgram(truth ? ifTrue : ifFalse, inputs);
  return truth.chooseFrom(
    (xs) => callProgram(ifTrue, xs),
    (xs) => callProgram(ifFalse, xs),
    inputs,
  );
}

/** The derivative of the branch that is taken; the residuals of the other one are zeros. */
function onDuals({ ifTrue, ifFalse }: Branches, predicate: Tensor, args: Leaves, trace: JvpTrace): Leaves {
  const tangents = args.map((x) => trace.tangentOf(x));
  const active = tangents.map((t) => t !== null);
  const [yes, no] = [linearised(ifTrue, active), linearised(ifFalse, active)];
  const n = ifTrue.outputs.length;
  const [ofYes, ofNo] = [yes, no].map(({ known }) => known.outputs.slice(n)) as [Abstract[], Abstract[]];
  const live = ifTrue.outputs.map((_, i) => i).filter((i) => yes.live.includes(i) || no.live.includes(i));
  const primal = trace.primalOf(predicate);
  const known = {
    ifTrue: recorded(ifTrue.inputs, (xs) => [...play(yes.known, xs), ...ofNo.map(zerosOf)]),
    ifFalse: recorded(ifFalse.inputs, (xs) => {
      const results = play(no.known, xs);
      return [...results.slice(0, n), ...ofYes.map(zerosOf), ...results.slice(n)];
    }),
  };
  const results = branch(
    known,
    primal,
    args.map((x) => trace.primalOf(x)),
  );
  const values = results.slice(0, n);
  if (live.length === 0) return values;
  const residuals = results.slice(n);
  const outputs = live.map((i) => ifTrue.outputs[i]!);
  const inputs = ifTrue.inputs.filter((_, i) => active[i]!);
  /** One of the linear maps, of residuals of both branches and vectors: nothing for outputs that do not depend on them. */
  const linear = (which: "forward" | "backward", starts: readonly Abstract[]): Branches => {
    const of = ({ live: own, ...maps }: Linearised, from: number, count: number) =>
      recorded([...residuals, ...starts], (xs) => {
        const vectors = xs.slice(residuals.length);
        const given = which === "forward" ? vectors : own.map((i) => vectors[live.indexOf(i)]!);
        const images = play(maps[which](), [...xs.slice(from, from + count), ...given]);
        if (which === "backward") return images;
        return live.map((i, k) => images[own.indexOf(i)] ?? zerosOf(outputs[k]!));
      });
    return { ifTrue: of(yes, 0, ofYes.length), ifFalse: of(no, ofYes.length, ofNo.length) };
  };
  const duals = linearCall(
    {
      name: "cond",
      outputs,
      apply: (ts) => branch(linear("forward", inputs), primal, [...residuals, ...ts]),
      transpose: (cts) => branch(linear("backward", outputs), primal, [...residuals, ...cts]),
      keeps: residuals,
    },
    tangents.filter((t) => t !== null),
  );
  const joined = [...values];
  live.forEach((i, k) => (joined[i] = trace.dual(values[i]!, duals[k]!)));
  return joined;
}

function onBatch(given: Branches, predicate: Tensor, args: Leaves, trace: BatchTrace): Leaves {
  if (trace.below(predicate).batched) return chosen(given, truthOf(predicate, "cond: predicate"), args);
  const { ifTrue, ifFalse } = given;
  const below = args.map((x) => trace.below(x));
  const of = (program: Program) => {
    const which = below.map((input) => input.batched);
    const inputs = below.map(({ value }) => value);
    const { program: batch, outputs } = batched(program, which, trace.size);
    // The same on both sides: everything with the examples along axis 0.
    return recorded(inputs, (xs) =>
      play(batch, xs).map((value, i) => repeated({ value, batched: outputs[i]! }, trace.size)),
    );
  };
  const inputs = below.map(({ value }) => value);
  const branches = { ifTrue: of(ifTrue), ifFalse: of(ifFalse) };
  return branch(branches, trace.below(predicate).value, inputs).map((x) => trace.batch(x));
}

function recorded(inputs: readonly Abstract[], f: (xs: Leaves) => Leaves): Program {
  return record(f, inputs).program;
}

function zerosOf({ shape, dtype }: Abstract): Tensor {
  return zeros(shape, { dtype });
}
