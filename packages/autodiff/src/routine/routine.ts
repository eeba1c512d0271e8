import { ones, tracedOf, type Tensor } from "@cotangent/core-tensor";
import { callProgram } from "../compiled/call-program.js";
import { isCurrent, recordFunction, type Recording } from "../jit/recording.js";
import { sameSignature, type Signature } from "../jit/signature.js";
import { putStatic, takeStatic } from "../jit/static.js";
import { ProgramTrace } from "../program/program-trace.js";
import { vjp } from "../transforms/vjp.js";
import { flatten, unflatten, type Structure, type Tensors } from "../tree/index.js";
import { Expected } from "./expected.js";
import { gradientPrograms } from "./gradient-programs.js";
import { addPart, apart, isGathering, NoProgram } from "./parts.js";
import { isConfirmed, witnessOf, type Witness } from "./witness.js";
import { sameProgram } from "./same-program.js";

/** Options of a `Routine`. */
export interface RoutineOptions {
  /** Compile at all? @defaultValue true */
  readonly jit?: boolean | undefined;
  /** So many calls of a run are ordinary ones. @defaultValue 1 */
  readonly after?: number;
  /** Positions of arguments that are handed on as they are: each value has a recording of its own. @defaultValue none */
  readonly static?: readonly number[];
  /**
   * Compare what a recording computes with what the function did, for the arguments of the last ordinary call: for a
   * function that may behave differently while it is recorded. Without such a call, or under a transformation, there is
   * no recording then. @defaultValue false
   */
  readonly confirm?: boolean;
}

/** A value, and its gradient when it is asked for. */
export interface Differentiated<X> {
  readonly value: Tensor;
  /** Computed when it is asked for. */
  readonly gradient: () => Tensors<X>;
}

/** What is known of calls with one signature. */
interface Entry {
  readonly expected: Expected;
  /** How many leaves the first argument has. */
  readonly first: number;
  /** The run in which it was last called, and how often in it. */
  run: number;
  calls: number;
  recording: Recording | undefined;
  /** The run in which that was made, or found to say the same. */
  recorded: number | undefined;
  /** Why this run goes without a recording, if it does. */
  refusal: string | undefined;
  /** The last ordinary call of this run, where recordings are to be confirmed. */
  witness: Witness | undefined;
}

/** The arguments of a call, and the recording to be called, if there is one. */
interface Call {
  readonly recording: Recording | undefined;
  readonly leaves: readonly Tensor[];
  readonly entry: Entry | undefined;
}

/** More signatures than this are not kept. */
const MOST = 8;

/**
 * A function that an algorithm calls again and again, compiled for the time of a run:
 *
 * - the first call (or the first few) of a run is an ordinary one;
 * - at the next one the function is recorded, as `jit` does, and from then on the recording is called in its place. What
 *   the function closes over is taken as it is then, until the next run begins;
 * - a recording that says the same as the one of the run before is dropped for that, which is compiled already;
 * - a function that cannot be recorded, because it asks for numbers that are not known (`item()`), runs as it is.
 *
 * Results have the same bits either way. It may be called under any transformation.
 *
 * @example
 * ```ts
 * let calls = 0;
 * const step = new Routine((x: Tensor) => {
 *   calls += 1;
 *   return x.cos();
 * });
 * let x = tensor(1);
 * for (let k = 0; k < 100; k++) x = step.call(x);
 * x; // => 0.73908513
 * calls; // => 2
 * step.differentiate("now", x).gradient(); // => -0.67361203
 * ```
 */
export class Routine<A extends readonly unknown[], R> {
  private entries: readonly Entry[] = [];
  private run = 0;
  /** The one of the last call: most calls are like the one before. */
  private last: Entry | undefined;
  private readonly statics: readonly number[];
  private readonly after: number;

  constructor(
    private readonly f: (...args: A) => R,
    private readonly options: RoutineOptions = {},
  ) {
    this.statics = options.static ?? [];
    this.after = options.after ?? 1;
  }

  /** A run begins: the function may have changed what it closes over. */
  begin(): void {
    this.run += 1;
  }

  /** Why calls of this run are not compiled; undefined when they are. */
  get refusal(): string | undefined {
    if (this.options.jit === false) return "jit: false";
    const again = this.entries.filter(({ run, calls }) => run === this.run && calls > this.after);
    if (again.length === 0) return "called too seldom";
    return again.find(({ refusal }) => refusal !== undefined)?.refusal;
  }

  /** Is there a function call of this run that cannot be compiled? */
  get isRefused(): boolean {
    return this.entries.some(({ run, refusal }) => run === this.run && refusal !== undefined);
  }

  /** f of the arguments. */
  readonly call = (...args: A): Tensors<R> => {
    const { recording, leaves, entry } = this.prepare(args);
    if (recording === undefined) {
      const result = this.f(...args) as unknown as Tensors<R>;
      if (this.options.confirm === true && entry !== undefined && entry.refusal === undefined) {
        entry.witness = witnessOf(leaves, result);
      }
      return result;
    }
    const { captures } = recording;
    const results = callProgram(recording.program, captures.length === 0 ? leaves : [...leaves, ...captures]);
    return unflatten(recording.result, results) as Tensors<R>;
  };

  /**
   * f of the arguments, a scalar, and its gradient with respect to the first one.
   *
   * @param when - when the gradient will be asked for: for the same bits, it is computed together with the value ("now"), or
   * from what the value leaves behind ("later"), or by itself ("seldom")
   */
  differentiate(when: "now" | "later" | "seldom", ...args: A): Differentiated<A[0]> {
    const { leaves, entry, recording = this.confirmed(entry, leaves, args) } = this.prepare(args);
    const isPlain = recording?.captures.length === 0 && leaves.every(isUndifferentiated);
    const programs = isPlain ? gradientPrograms(recording.program, entry!.first) : null;
    if (programs === null) {
      const [x, ...rest] = args;
      const f = recording === undefined ? this.f : this.call;
      const { value, pullback } = vjp((at: unknown) => f(...([at, ...rest] as unknown as A)) as Tensor, x);
      return { value, gradient: () => pullback(ones([], { dtype: value.dtype }))[0] as Tensors<A[0]> };
    }
    const structure = firstOf(entry!.expected.signature.structure);
    const grown = (gradient: readonly Tensor[]) => unflatten(structure, gradient) as Tensors<A[0]>;
    if (when === "later") {
      const [value, ...kept] = callProgram(programs.first, leaves) as [Tensor, ...Tensor[]];
      return { value, gradient: () => grown(callProgram(programs.later(), kept)) };
    }
    const both = () => callProgram(programs.both(), leaves);
    if (when === "seldom") {
      const [value] = callProgram(recording!.program, leaves) as [Tensor];
      return { value, gradient: () => grown(both().slice(1)) };
    }
    const [value, ...gradient] = both() as [Tensor, ...Tensor[]];
    return { value, gradient: () => grown(gradient) };
  }

  /** The arguments, taken apart, and the recording to be called in place of f, if there is one. */
  private prepare(args: A): Call {
    if (this.options.jit === false) {
      if (isGathering()) throw new NoProgram();
      return { recording: undefined, leaves: [], entry: undefined };
    }
    const leaves = this.last?.expected.leavesOf(args);
    if (leaves !== undefined) return this.count(this.last!, leaves);
    const { traced, statics } = takeStatic(args, this.statics);
    const { structure, leaves: found } = flatten(traced, "arguments");
    return this.count((this.last = this.entryOf({ structure, leaves: found, statics })), found);
  }

  private count(entry: Entry, leaves: readonly Tensor[]): Call {
    if (entry.run !== this.run) {
      entry.run = this.run;
      entry.calls = 0;
      entry.refusal = undefined;
      entry.witness = undefined;
    }
    if (isGathering()) return { recording: this.part(entry), leaves, entry };
    entry.calls += 1;
    return { recording: this.current(entry), leaves, entry };
  }

  /** The recording, as a part of a composition. */
  private part(entry: Entry): Recording {
    const recording = this.renewed(entry);
    if (recording === undefined || recording.captures.length > 0) throw new NoProgram();
    const { program } = recording;
    addPart({ program, stands: () => this.renewed(entry)?.program === program });
    return recording;
  }

  /** The recording of this run, if what calls it is not the first one to do so. */
  private renewed(entry: Entry): Recording | undefined {
    if (entry.run !== this.run || entry.calls < this.after) return undefined;
    entry.calls = Math.max(entry.calls, this.after + 1);
    return this.current(entry);
  }

  /**
   * The recording, already at the first call of a run, where the run before had one: the ordinary call, which says what is
   * wrong with the arguments, is then one without a derivative, and that is the recording's.
   */
  private confirmed(entry: Entry | undefined, leaves: readonly Tensor[], args: A): Recording | undefined {
    if (entry?.recording === undefined || entry.refusal !== undefined || entry.calls !== this.after)
      return undefined;
    if (leaves.some((x) => tracedOf(x) !== undefined)) return undefined;
    this.f(...args);
    return this.renewed(entry);
  }

  private entryOf(signature: Signature): Entry {
    let entry = this.entries.find(({ expected }) => sameSignature(expected.signature, signature));
    if (entry === undefined) {
      const leaves = signature.leaves.map(({ shape, dtype }) => ({ shape, dtype }));
      entry = {
        expected: new Expected({ ...signature, leaves }, this.statics),
        first: countLeaves(firstOf(signature.structure)),
        run: this.run,
        calls: 0,
        recording: undefined,
        recorded: undefined,
        refusal: undefined,
        witness: undefined,
      };
      this.entries = [entry, ...this.entries.slice(0, MOST - 1)];
    }
    return entry;
  }

  /**
   * The recording to be called, if there is one: made by the first call of a run that may be compiled, and whenever the
   * function closes over something else.
   */
  private current(entry: Entry): Recording | undefined {
    if (entry.calls <= this.after || entry.refusal !== undefined) return undefined;
    const { recording } = entry;
    if (entry.recorded === this.run && recording !== undefined && isCurrent(recording)) return recording;
    const { signature } = entry.expected;
    try {
      const f = (xs: readonly unknown[]) =>
        this.f(...(putStatic(xs, signature.statics, this.statics) as unknown as A));
      const now = apart(() => recordFunction(f, signature));
      const kept = latest(recording, now);
      if (this.options.confirm === true && !isConfirmed(kept, entry.witness)) {
        entry.refusal = "while it is recorded it does something else";
        return undefined;
      }
      entry.recorded = this.run;
      entry.witness = undefined;
      return (entry.recording = kept);
    } catch (error) {
      // Whatever is wrong, f itself will say it: it is called now, with numbers.
      entry.refusal = error instanceof Error ? error.message : String(error);
      return undefined;
    }
  }
}

/** The recording to go on with: with the program of the last run, which is compiled, where it still says the same. */
function latest(before: Recording | undefined, now: Recording): Recording {
  const isSame = before?.captures.length === 0 && now.captures.length === 0;
  return isSame && sameProgram(before.program, now.program) ? { ...now, program: before.program } : now;
}

function countLeaves(structure: Structure): number {
  if (structure.kind === "leaf") return 1;
  return structure.items.reduce((total, item) => total + countLeaves(item), 0);
}

/** The structure of the first argument. */
function firstOf(all: Structure): Structure {
  return all.kind === "array" ? all.items[0]! : all;
}

/** A number, or one that is not known yet: nothing that a derivative of this value would have to go through. */
function isUndifferentiated(x: Tensor): boolean {
  const traced = tracedOf(x);
  return traced === undefined || traced.trace instanceof ProgramTrace;
}
