import { ones, tracedOf, type Tensor } from "@cotangent/core-tensor";
import { callProgram } from "../compiled/call-program.js";
import { linearised, type Linearised } from "../compiled/linearised.js";
import { isCurrent, recordFunction, type Recording } from "../jit/recording.js";
import { sameSignature, type Signature } from "../jit/signature.js";
import { putStatic, takeStatic } from "../jit/static.js";
import { UnknownValueError } from "../errors/errors.js";
import type { Program } from "../program/program.js";
import { vjp } from "../transforms/vjp.js";
import { flatten, unflatten, type Flat, type Tensors } from "../tree/index.js";
import { sameProgram } from "./same-program.js";

/** Options of a `Routine`. */
export interface RoutineOptions {
  /** Compile at all? @defaultValue true */
  readonly jit?: boolean;
  /** Positions of arguments that are handed on as they are: each value has a recording of its own. @defaultValue none */
  readonly static?: readonly number[];
}

/** A value, and its gradient when it is asked for. */
export interface Differentiated<X> {
  readonly value: Tensor;
  readonly gradient: () => Tensors<X>;
}

/** What is known of calls with one signature. */
interface Entry {
  readonly signature: Signature;
  /** The run in which it was last called, and how often in it. */
  run: number;
  calls: number;
  recording: Recording | undefined;
  /** Why this run goes without a recording, if it does. */
  refusal: string | undefined;
}

/** More signatures than this are not kept. */
const MOST = 8;

/**
 * A function that an algorithm calls again and again, compiled for the time of a run:
 *
 * - the first call of a run is an ordinary one;
 * - at the second one the function is recorded, as `jit` does, and from then on the recording is called in its place. What
 *   the function closes over is taken as it is then, until the next run begins;
 * - a recording that says the same as the one of the run before is dropped for that, which is compiled already;
 * - a function that cannot be recorded, because it asks for numbers that are not known (`item()`), runs as it is.
 *
 * Results have the same bits either way. It may be called under any transformation.
 */
export class Routine<A extends readonly unknown[], R> {
  private entries: readonly Entry[] = [];
  private run = 0;
  private readonly statics: readonly number[];

  constructor(
    private readonly f: (...args: A) => R,
    private readonly options: RoutineOptions = {},
  ) {
    this.statics = options.static ?? [];
  }

  /** A run begins: the function may have changed what it closes over. */
  begin(): void {
    this.run += 1;
  }

  /** Why calls of this run are not compiled; undefined when they are. */
  get refusal(): string | undefined {
    if (this.options.jit === false) return "jit: false";
    const again = this.entries.filter(({ run, calls }) => run === this.run && calls > 1);
    if (again.length === 0) return "called once only";
    return again.find(({ refusal }) => refusal !== undefined)?.refusal;
  }

  /** f of the arguments. */
  readonly call = (...args: A): Tensors<R> => {
    const { recording, flat } = this.prepare(args);
    if (recording === undefined) return this.f(...args) as unknown as Tensors<R>;
    const results = callProgram(recording.program, [...flat.leaves, ...recording.captures]);
    return unflatten(recording.result, results) as Tensors<R>;
  };

  /** f of the arguments, a scalar, and its gradient with respect to the first one. */
  differentiate(...args: A): Differentiated<A[0]> {
    const { recording, flat } = this.prepare(args);
    const [x, ...rest] = args;
    const x0 = flatten(x);
    const isPlain =
      recording?.captures.length === 0 && flat.leaves.every((leaf) => tracedOf(leaf) === undefined);
    const maps = isPlain ? gradientOf(recording.program, x0.leaves.length) : null;
    if (maps === null) {
      const f = recording === undefined ? this.f : this.call;
      const { value, pullback } = vjp((at: unknown) => f(...([at, ...rest] as unknown as A)) as Tensor, x);
      return { value, gradient: () => pullback(ones([], { dtype: value.dtype }))[0] as Tensors<A[0]> };
    }
    const [value, ...residuals] = callProgram(maps.known, flat.leaves) as [Tensor, ...Tensor[]];
    const gradient = () => {
      const cotangents = maps.live.map(() => ones([], { dtype: value.dtype }));
      return unflatten(x0.structure, callProgram(maps.backward(), [...residuals, ...cotangents])) as Tensors<
        A[0]
      >;
    };
    return { value, gradient };
  }

  /** The arguments, taken apart, and the recording to be called in place of f, if there is one. */
  private prepare(args: A): { readonly recording: Recording | undefined; readonly flat: Flat } {
    const { traced, statics } = takeStatic(args, this.statics);
    const flat = flatten(traced, "arguments");
    if (this.options.jit === false) return { recording: undefined, flat };
    const entry = this.entryOf({ ...flat, statics });
    entry.calls += 1;
    if (entry.calls > 1) this.update(entry, { ...flat, statics });
    return { recording: entry.calls > 1 && entry.refusal === undefined ? entry.recording : undefined, flat };
  }

  private entryOf(signature: Signature): Entry {
    let entry = this.entries.find((known) => sameSignature(known.signature, signature));
    if (entry === undefined) {
      const leaves = signature.leaves.map(({ shape, dtype }) => ({ shape, dtype }));
      entry = {
        signature: { ...signature, leaves },
        run: this.run,
        calls: 0,
        recording: undefined,
        refusal: undefined,
      };
      this.entries = [entry, ...this.entries.slice(0, MOST - 1)];
    }
    if (entry.run !== this.run) {
      entry.run = this.run;
      entry.calls = 0;
      entry.refusal = undefined;
    }
    return entry;
  }

  /** Records at the second call of a run, and whenever the function closes over something else. */
  private update(entry: Entry, signature: Signature): void {
    const { recording } = entry;
    if (entry.refusal !== undefined) return;
    if (entry.calls > 2 && recording !== undefined && isCurrent(recording)) return;
    try {
      const now = recordFunction(
        (xs) => this.f(...(putStatic(xs, signature.statics, this.statics) as unknown as A)),
        signature,
      );
      entry.recording = latest(recording, now);
    } catch (error) {
      // Whatever is wrong, f itself will say it: it is called now, with numbers.
      entry.refusal = error instanceof Error ? error.message : String(error);
    }
  }
}

/** The recording to go on with: with the program of the last run, which is compiled, where it still says the same. */
function latest(before: Recording | undefined, now: Recording): Recording {
  const isSame = before?.captures.length === 0 && now.captures.length === 0;
  return isSame && sameProgram(before.program, now.program) ? { ...now, program: before.program } : now;
}

const gradients = new WeakMap<Program, Linearised | null>();

/** The derivative of a program with respect to its first inputs; null where it cannot be recorded. */
function gradientOf(program: Program, count: number): Linearised | null {
  let known = gradients.get(program);
  if (known !== undefined) return known;
  try {
    const active = program.inputs.map((_, i) => i < count);
    known = linearised(program, active);
  } catch (error) {
    // A loop whose number of steps is not known.
    if (!(error instanceof UnknownValueError)) throw error;
    known = null;
  }
  gradients.set(program, known);
  return known;
}
