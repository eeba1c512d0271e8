import { callProgram, patient } from "../compiled/call-program.js";
import { recordFunction, type Recording } from "../jit/recording.js";
import { sameSignature, type Signature } from "../jit/signature.js";
import { putStatic, takeStatic } from "../jit/static.js";
import { flatten, unflatten, type Tensors } from "../tree/index.js";
import { Expected } from "./expected.js";
import { gatherParts, rethrowFaults, type Part } from "./parts.js";
import type { RoutineOptions } from "./routine.js";

/** What was recorded for arguments of one signature, and of which programs it is made. */
interface Made {
  readonly expected: Expected;
  readonly recording: Recording;
  readonly parts: readonly Part[];
}

/** More signatures than this are not kept. */
const MOST = 8;

/** To compile costs as much as some dozens of plays, and a composition may be called only a few times in a run. */
const PLAYS = 64;

/**
 * A function that is made of routines: besides calling them it does nothing that could change from run to run. It is
 * recorded once, from their programs, without calling what they were made of; as long as these say the same, which every
 * run finds out for itself, so does the composition. Where a routine has no program, the function runs as it is.
 *
 * @example
 * ```ts
 * let calls = 0;
 * const cos = new Routine((x: Tensor) => {
 *   calls += 1;
 *   return x.cos();
 * });
 * const residual = new Composition((x: Tensor) => x.sub(cos.call(x)));
 * [0, 1, 2].map((x) => residual.call(tensor(x)).item() < 0); // => [true, false, false]
 * calls; // => 2
 * ```
 */
export class Composition<A extends readonly unknown[], R> {
  private made: readonly Made[] = [];
  private readonly statics: readonly number[];

  constructor(
    private readonly f: (...args: A) => R,
    options: Pick<RoutineOptions, "static"> = {},
  ) {
    this.statics = options.static ?? [];
  }

  /** f of the arguments. */
  readonly call = (...args: A): Tensors<R> => {
    const found = this.find(args);
    if (found === undefined) return this.f(...args) as unknown as Tensors<R>;
    const { recording, leaves } = found;
    return unflatten(recording.result, callProgram(recording.program, leaves)) as Tensors<R>;
  };

  /** What is to be called in place of f, if there is a program. */
  private find(args: A) {
    for (const made of this.made) {
      const leaves = made.expected.leavesOf(args);
      if (leaves !== undefined && stands(made)) return { recording: made.recording, leaves };
    }
    const { traced, statics } = takeStatic(args, this.statics);
    const { leaves, structure } = flatten(traced, "arguments");
    const signature = { structure, leaves: leaves.map(({ shape, dtype }) => ({ shape, dtype })), statics };
    const known = this.made.find(({ expected }) => sameSignature(expected.signature, signature));
    const made = known !== undefined && stands(known) ? known : this.make(signature);
    return made && { recording: made.recording, leaves };
  }

  private make(signature: Signature): Made | undefined {
    const f = (xs: readonly unknown[]) =>
      this.f(...(putStatic(xs, signature.statics, this.statics) as unknown as A));
    try {
      const { result: recording, parts } = gatherParts(() => recordFunction(f, signature));
      patient(recording.program, PLAYS);
      const made = { expected: new Expected(signature, this.statics), recording, parts };
      const others = this.made.filter(({ expected }) => !sameSignature(expected.signature, signature));
      this.made = [made, ...others].slice(0, MOST);
      return made;
    } catch (error) {
      rethrowFaults(error);
      return undefined;
    }
  }
}

function stands({ parts }: Made): boolean {
  return parts.every((part) => part.stands());
}
