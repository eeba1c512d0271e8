import { originOf, tracing } from "@cotangent/core-tensor";
import type { Device } from "@cotangent/core-tensor/gpu";
import { callProgram } from "../compiled/call-program.js";
import { simplify } from "../compiled/optimise.js";
import { compile } from "../compiled/run-program.js";
import { Program } from "../program/program.js";
import { flatten, unflatten, type Tensors, type TreeLike } from "../tree/index.js";
import { DevicePrograms, refuseTraced } from "./on-device.js";
import { isCurrent, recordFunction, type Recording } from "./recording.js";
import { shortcutOf, type Shortcut } from "./shortcut.js";
import { sameSignature } from "./signature.js";
import { putStatic, snapshot, staticPositions, takeStatic, type StaticArguments } from "./static.js";

/** Signatures that a function remembers: one that is called with ever new shapes must not fill the memory. */
const MOST_RECORDINGS = 64;

/** Options of `jit`. */
export interface JitOptions {
  /**
   * Positions of arguments whose values are known when f is recorded: options, sizes, functions. @defaultValue none
   */
  readonly static?: StaticArguments;
  /**
   * Runs the function there, in float32: arguments are uploaded, results are promised. See `gpu` of
   * `@cotangent/core-tensor/gpu`. @defaultValue the host
   */
  readonly device?: Device;
}

/** A program, and what it was made into. */
export interface LoweredProgram extends Program {
  /** The equations that run, each of them one kernel. */
  readonly optimised: Program;
  /** Bytes of the values between kernels: of the arena that they share, and the most that is needed at once. */
  readonly memory: { readonly arenaBytes: number; readonly liveBytes: number };
}

/**
 * Arguments in which numbers may stand for scalars. Not for what may be a number anyway: in `Like`, which has arrays nested
 * without end, comparing the two would not end.
 */
type WithNumbers<A extends readonly unknown[]> = {
  readonly [K in keyof A]: number extends A[K] ? A[K] : A[K] | TreeLike<A[K]>;
};

/** A compiled function. */
export interface Jitted<A extends readonly unknown[], R> {
  (...args: WithNumbers<A>): Tensors<R>;
  (...args: A): Tensors<R>;
  /** The program for arguments like these, as it was recorded, and as it runs. Both print, and know their counts. */
  lower(...args: WithNumbers<A>): LoweredProgram;
}

/** A function that is compiled for a device. Its results are float32 where they are numbers. */
export interface JittedOnDevice<A extends readonly unknown[], R> {
  (...args: WithNumbers<A>): Promise<Tensors<R>>;
  (...args: A): Promise<Tensors<R>>;
  /** As that of a function on the host, with the equations before they are fused for the device. */
  lower(...args: WithNumbers<A>): LoweredProgram;
}

/**
 * f compiled: run once for every signature of its arguments (tree structure, shapes, dtypes, values of static ones) to
 * record which operations it does; from then on those are run, without f. Results have the same bits as those of f.
 *
 *     jit(f)(x) = f(x)
 *
 * It may contain and be contained in every other transformation, and stays compiled there: `grad(jit(f))` runs a compiled
 * derivative. f must be pure: what it closes over is taken as it was when f was recorded, except for values of outer
 * transformations, which are differentiated as usual.
 *
 * With the option `device` it runs there, kernel by kernel, elementwise chains as one; its results, which are downloaded, are
 * promised. Such a function cannot be transformed: compile the transformed one, `jit(grad(f), { device })`.
 *
 * @param f - trees -> a tree; numbers among the arguments count as float64 scalars
 * @throws UnknownValueError when f asks for a number (`item()`, `toArray()`) of a value that depends on its arguments
 * @throws TreeError for an argument that is no tree: make it static
 * @throws DeviceError (a rejection) for what a device has no kernel for; TracedValueError (at once) for its use under a
 * transformation
 * @example
 * ```ts
 * const f = jit((x: Tensor, y: Tensor) => x.sin().mul(y));
 * f(tensor([0, 1]), 2); // => [0, 1.682942]
 * const program = f.lower(tensor([0, 1]), 2);
 * program.toString(); // => "{ lambda a:f64[2] b:f64[] .\n  let c:f64[2] = sin a\n      d:f64[2] = mul c b\n  in (d) }"
 * grad(jit((x: Tensor) => x.square().sum()))(tensor([1, 2])); // => [2, 4]
 *
 * const power = jit((x: Tensor, n: number) => (n === 0 ? x.mul(0).add(1) : x.pow(n)), { static: 1 });
 * power(3, 2).item(); // => 9
 * ```
 */
export function jit<A extends readonly unknown[], R>(
  f: (...args: A) => R,
  options: JitOptions & { readonly device: Device },
): JittedOnDevice<A, R>;
export function jit<A extends readonly unknown[], R>(
  f: (...args: A) => R,
  options?: JitOptions & { readonly device?: undefined },
): Jitted<A, R>;
export function jit<A extends readonly unknown[], R>(
  f: (...args: A) => R,
  options: JitOptions = {},
): Jitted<A, R> | JittedOnDevice<A, R> {
  const positions = staticPositions(options.static);
  let recordings: readonly Recording[] = [];
  let shortcut: Shortcut | undefined;
  const recordingFor = (args: readonly unknown[], caller: unknown) => {
    const { traced, statics } = takeStatic(args, positions);
    const flat = flatten(traced, "jit: arguments");
    const signature = { ...flat, statics };
    let recording = recordings.find((known) => sameSignature(known.signature, signature) && isCurrent(known));
    if (recording === undefined) {
      recording = recordFunction(
        (xs) => f(...(putStatic(xs, statics, positions) as unknown as A)),
        { ...flat, statics: statics.map((value) => snapshot(value)) },
        originOf("jit", caller),
      );
      recordings = [recording, ...recordings.filter(isCurrent)].slice(0, MOST_RECORDINGS);
    }
    return { recording, leaves: flat.leaves };
  };
  const call = (...args: readonly unknown[]) => {
    const direct = shortcut?.call(args);
    if (direct !== undefined) return direct as Tensors<R>;
    const { recording, leaves } = recordingFor(args, call);
    const results = callProgram(recording.program, [...leaves, ...recording.captures]);
    shortcut = shortcutOf(recording, positions) ?? shortcut;
    return unflatten(recording.result, results) as Tensors<R>;
  };
  if (options.device !== undefined) {
    const programs = new DevicePrograms(options.device);
    const run = async (args: readonly unknown[], caller: unknown) => {
      const { recording, leaves } = recordingFor(args, caller);
      const results = await programs.run(recording.program, [...leaves, ...recording.captures]);
      return unflatten(recording.result, results) as Tensors<R>;
    };
    const callOnDevice = (...args: readonly unknown[]) => {
      if (tracing()) {
        const { recording, leaves } = recordingFor(args, callOnDevice);
        refuseTraced([...leaves, ...recording.captures]);
      }
      return run(args, callOnDevice);
    };
    const lower = (...args: readonly unknown[]) => {
      const { program } = recordingFor(args, lower).recording;
      return withListing(program, simplify(program), { arenaBytes: 0, liveBytes: 0 });
    };
    return Object.assign(callOnDevice, { lower });
  }
  const lower = (...args: readonly unknown[]) => lowered(recordingFor(args, lower).recording.program);
  return Object.assign(call, { lower });
}

function lowered(program: Program): LoweredProgram {
  const { optimised, plan } = compile(program);
  const { arenaBytes, liveBytes } = plan.memory;
  return withListing(program, optimised, { arenaBytes, liveBytes });
}

function withListing(
  { inputs, equations, outputs }: Program,
  optimised: Program,
  memory: LoweredProgram["memory"],
): LoweredProgram {
  return Object.assign(new Program(inputs, equations, outputs), { optimised, memory });
}
