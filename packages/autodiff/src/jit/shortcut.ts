import { isTensor, sameShape, type Abstract, type TypedArray } from "@cotangent/core-tensor";
import { isTypedArray, type Plan } from "@cotangent/core-tensor/plan";
import { compiledPlan } from "../compiled/run-program.js";
import { unflatten, type Structure } from "../tree/index.js";
import { isPlainObject } from "../tree/structure.js";
import type { Recording } from "./recording.js";
import { sameValue } from "./static.js";

const hasKey = (x: object, key: string): boolean => Object.prototype.propertyIsEnumerable.call(x, key);

/** What read says of arguments that are others. */
const OTHER = -1;

/**
 * The way from arguments to a plan when they are like those of the last call: trees of the same structure, whose leaves hold
 * numbers of the same shapes and dtypes, and the same static arguments. A comparison each, and nothing is allocated but a list.
 */
export class Shortcut {
  /** Is the result an array of tensors, as a plan gives it? */
  private readonly isList: boolean;

  constructor(
    private readonly arguments_: readonly Structure[],
    private readonly leaves: readonly Abstract[],
    private readonly positions: readonly number[],
    private readonly statics: readonly unknown[],
    private readonly plan: Plan,
    private readonly result: Structure,
  ) {
    this.isList = result.kind === "array" && result.items.every(({ kind }) => kind === "leaf");
  }

  /** The result, or undefined when the arguments are others. */
  call(args: readonly unknown[]): unknown {
    const { arguments_, positions } = this;
    if (args.length !== arguments_.length) return undefined;
    for (let i = 0; i < positions.length; i++) {
      if (!sameValue(args[positions[i]!], this.statics[i])) return undefined;
    }
    const numbers = new Array<TypedArray>(this.leaves.length);
    let next = 0;
    for (let i = 0; i < args.length; i++) {
      if (positions.includes(i)) continue;
      next = this.read(arguments_[i]!, args[i], numbers, next);
      if (next === OTHER) return undefined;
    }
    const results = this.plan.run(numbers);
    const { result } = this;
    if (result.kind === "leaf") return results[0];
    return this.isList ? results : unflatten(result, results);
  }

  /** Puts the numbers of a tree into the list, from a position on; the position after them, or OTHER. */
  private read(node: Structure, x: unknown, numbers: TypedArray[], next: number): number {
    if (node.kind === "leaf") {
      const { shape, dtype } = this.leaves[next]!;
      if (isTensor(x)) {
        if (!isTypedArray(x.content) || x.dtype !== dtype || !sameShape(x.shape, shape)) return OTHER;
        numbers[next] = x.content;
      } else {
        if (typeof x !== "number" || dtype !== "float64" || shape.length > 0) return OTHER;
        const scalar = new Float64Array(1);
        scalar[0] = x;
        numbers[next] = scalar;
      }
      return next + 1;
    }
    const { items } = node;
    if (node.kind === "array") {
      if (!Array.isArray(x) || x.length !== items.length) return OTHER;
      for (let i = 0; i < items.length && next !== OTHER; i++)
        next = this.read(items[i]!, x[i], numbers, next);
      return next;
    }
    if (!isPlainObject(x)) return OTHER;
    const { keys } = node;
    let count = 0;
    for (const _ in x) count++;
    if (count !== keys.length) return OTHER;
    for (let i = 0; i < keys.length && next !== OTHER; i++) {
      const key = keys[i]!;
      next = hasKey(x, key) ? this.read(items[i]!, x[key], numbers, next) : OTHER;
    }
    return next;
  }
}

/** Undefined for a recording that needs more than its arguments, or that has not been compiled. */
export function shortcutOf(
  { signature, program, result, captures, held }: Recording,
  positions: readonly number[],
): Shortcut | undefined {
  const { structure, leaves, statics } = signature;
  const plan = compiledPlan(program);
  if (structure.kind !== "array" || plan === undefined || captures.length > 0 || held.length > 0)
    return undefined;
  return new Shortcut(structure.items, leaves, positions, statics, plan, result);
}
