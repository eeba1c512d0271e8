import { tracedOf } from "@cotangent/core-tensor";
import { compile } from "../compiled/run-program.js";
import { recordFunction } from "../jit/recording.js";
import { shortcutOf, type Shortcut } from "../jit/shortcut.js";
import type { Program } from "../program/program.js";
import { flatten, type Tensors } from "../tree/index.js";
import { gatherParts, rethrowFaults, type Part } from "./parts.js";

/** What was compiled for arguments of one signature, and of which programs it is made. */
interface Made {
  readonly shortcut: Shortcut;
  readonly parts: readonly Part[];
}

/** More signatures than this are not kept. */
const MOST = 4;

/** To compile costs as much as some hundreds of calls save. */
const AFTER = 500;

/** Options of a `Chain`. */
export interface ChainOptions {
  /** So many calls go one by one, before there is a plan. @defaultValue 500 */
  readonly after?: number;
}

/**
 * Routines that an algorithm calls one after the other in every iteration, with nothing else between them that could
 * change: after some hundreds of iterations they become one plan, unless a loop or code that is no operation is part of them.
 * It stands as long as each of the routines says the same, as in a `Composition`.
 *
 * @example
 * ```ts
 * const cos = new Routine((x: Tensor) => x.cos());
 * const twice = (x: Tensor): Tensor => cos.call(cos.call(x));
 * const chain = new Chain(twice, { after: 20 });
 * let x = tensor(1);
 * let compiled = 0;
 * for (let k = 0; k < 100; k++) {
 *   const together = chain.call(x);
 *   if (together !== undefined) compiled += 1;
 *   x = together ?? twice(x);
 * }
 * x; // => 0.73908513
 * compiled; // => 79
 * ```
 */
export class Chain<A extends readonly unknown[], R> {
  private made: readonly Made[] = [];
  /** How many calls since one was compiled, or could not be. */
  private calls = 0;
  private readonly after: number;

  constructor(
    private readonly f: (...args: A) => R,
    { after = AFTER }: ChainOptions = {},
  ) {
    this.after = after;
  }

  /**
   * What f would give, or undefined where there is no plan, or it fails: then the routines are to be called one by one, which
   * may do without some of them, or says what is wrong.
   */
  call(...args: A): Tensors<R> | undefined {
    for (const { shortcut, parts } of this.made) {
      if (allStand(parts)) {
        const result = run(shortcut, args);
        if (result !== undefined) return result as Tensors<R>;
      }
    }
    if (++this.calls > this.after) {
      this.calls = 0;
      const found = this.make(args);
      if (found !== undefined) this.made = [found, ...this.made].slice(0, MOST);
    }
    return undefined;
  }

  /** Undefined under a transformation, where a routine has no program in this run, and where it might not end. */
  private make(args: A): Made | undefined {
    const flat = flatten(args, "arguments");
    if (flat.leaves.some((x) => tracedOf(x) !== undefined)) return undefined;
    try {
      const f = (xs: readonly unknown[]) => this.f(...(xs as unknown as A));
      const { result: recording, parts } = gatherParts(() => recordFunction(f, { ...flat, statics: [] }));
      if (!mayRunAhead(recording.program)) return undefined;
      compile(recording.program);
      const shortcut = shortcutOf(recording, []);
      return shortcut && { shortcut, parts };
    } catch (error) {
      rethrowFaults(error);
      return undefined;
    }
  }
}

function run(shortcut: Shortcut, args: readonly unknown[]): unknown {
  try {
    return shortcut.call(args);
  } catch {
    // A check refused a value, with an error of its own choice, and perhaps a value that the routines, called one by one,
    // would not have come to. If they do, they throw it.
    return undefined;
  }
}

function allStand(parts: readonly Part[]): boolean {
  for (let i = 0; i < parts.length; i++) if (!parts[i]!.stands()) return false;
  return true;
}

/**
 * Does it end, with no effect but to throw, whatever it is given? It is run ahead of the decisions of the algorithm, so perhaps
 * on what is not finite, for which a loop may have no end, and code of others more to do than it was written for.
 */
function mayRunAhead({ equations }: Program): boolean {
  return equations.every((equation) => {
    if (!("call" in equation) || equation.call.isCheck === true) return true;
    const { control, computes, programs = {} } = equation.call;
    if (control === undefined && computes === undefined) return false;
    return control?.kind !== "loop" && Object.values(programs).every(mayRunAhead);
  });
}
