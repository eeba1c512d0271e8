import {
  checkTraced,
  peel,
  topTrace,
  tracedOf,
  type Tensor,
  UnknownValueError,
} from "@cotangent/core-tensor";
import { BatchTrace } from "../batch/batch-trace.js";
import { JvpTrace } from "../jvp/jvp-trace.js";
import { linearCall } from "../tape/linear-call.js";
import { batched, type BatchedProgram } from "./batched.js";
import { linearised, type Linearised } from "./linearised.js";
import { ProgramTrace } from "../program/program-trace.js";
import { play } from "../program/play.js";
import { playFirst, runProgram } from "./run-program.js";
import type { Program } from "../program/program.js";

type Leaves = readonly Tensor[];

/**
 * A program applied to values: compiled, also under transformations, where the program's derivative or its batched form is
 * called instead. Where that cannot be recorded (a loop whose number of steps is not known), it is played one equation
 * after the other, as if there was no program.
 */
export function callProgram(program: Program, args: Leaves): Leaves {
  if (args.every(isNumber)) return runProgram(program, args);
  const peeled = args.map(peel);
  const top = topTrace(peeled);
  if (top === undefined) return runProgram(program, peeled);
  for (const x of peeled) {
    const traced = tracedOf(x);
    if (traced !== undefined) checkTraced(traced, "jit");
  }
  if (top instanceof JvpTrace) return onDuals(program, peeled, top);
  if (top instanceof BatchTrace) return onBatch(program, peeled, top);
  return top instanceof ProgramTrace && outlined.has(program)
    ? asOneLine(program, peeled, top)
    : play(program, peeled);
}

function isNumber(x: Tensor): boolean {
  return tracedOf(x) === undefined;
}

/** Programs that stay one line where they are called while another program is recorded, instead of being written out. */
const outlined = new WeakSet<Program>();

/** Has a program stay one line in others, and what is made of it too: for one that is called many times. */
export function outline(program: Program): Program {
  outlined.add(program);
  return program;
}

function asOneLine(program: Program, args: Leaves, trace: ProgramTrace): Leaves {
  const call = {
    name: "call",
    programs: { f: program },
    control: { kind: "call", program } as const,
    apply: (xs: Leaves) => callProgram(program, xs),
  };
  return trace.record(call, args, program.outputs);
}

/** How often programs are played before they are compiled, where that is not once. */
const patience = new WeakMap<Program, number>();

/** Has a program be played `count` times before it is compiled, and what is made of it too: for one that is seldom called. */
export function patient(program: Program, count: number): Program {
  patience.set(program, count);
  playFirst(program, count);
  return program;
}

/** A program that was made of another one, outlined if that is, and as patient. */
function alike(program: Program, made: Program): Program {
  const count = patience.get(program);
  if (count !== undefined && !patience.has(made)) patient(made, count);
  return outlined.has(program) ? outline(made) : made;
}

function onDuals(program: Program, args: Leaves, trace: JvpTrace): Leaves {
  const tangents = args.map((x) => trace.tangentOf(x));
  const active = tangents.map((t) => t !== null);
  const linear = derived(linearisations, program, active.join(), () => linearised(program, active));
  if (linear === null) return play(program, args);
  const { known, live, forward, backward } = linear;
  const results = callProgram(
    alike(program, known),
    args.map((x) => trace.primalOf(x)),
  );
  const values = results.slice(0, program.outputs.length);
  if (live.length === 0) return values;
  const residuals = results.slice(program.outputs.length);
  const call = {
    name: "jit",
    outputs: live.map((i) => values[i]!),
    apply: (ts: Leaves) => callProgram(alike(program, forward()), [...residuals, ...ts]),
    transpose: (cts: Leaves) => callProgram(alike(program, backward()), [...residuals, ...cts]),
    keeps: residuals,
    dependsOn: residuals,
  };
  const duals = linearCall(
    call,
    tangents.filter((t) => t !== null),
  );
  const joined = [...values];
  live.forEach((i, k) => (joined[i] = trace.dual(values[i]!, duals[k]!)));
  return joined;
}

function onBatch(program: Program, args: Leaves, trace: BatchTrace): Leaves {
  const inputs = args.map((x) => trace.below(x));
  const which = inputs.map((input) => input.batched);
  const key = `${which.join()} ${String(trace.size)}`;
  const batch = derived(batches, program, key, () => batched(program, which, trace.size));
  if (batch === null) return play(program, args);
  const results = callProgram(
    alike(program, batch.program),
    inputs.map(({ value }) => value),
  );
  return results.map((x, i) => (batch.outputs[i]! ? trace.batch(x) : x));
}

/** What was made of a program, by what it is for; null where it cannot be made. */
type Derived<D> = WeakMap<Program, Map<string, D | null>>;

const linearisations: Derived<Linearised> = new WeakMap();
const batches: Derived<BatchedProgram> = new WeakMap();

function derived<D>(all: Derived<D>, program: Program, key: string, make: () => D): D | null {
  let known = all.get(program);
  if (known === undefined) all.set(program, (known = new Map<string, D | null>()));
  let found = known.get(key);
  if (found === undefined) known.set(key, (found = recordable(make)));
  return found;
}

function recordable<D>(make: () => D): D | null {
  try {
    return make();
  } catch (error) {
    if (error instanceof UnknownValueError) return null;
    throw error;
  }
}
