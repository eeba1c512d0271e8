import { isTensor, sameShape, type Abstract, type TypedArray } from "@cotangent/core-tensor";
import { isTypedArray, type Plan } from "@cotangent/core-tensor/plan";
import { compiledPlan } from "../compiled/run-program.js";
import { unflatten, type Structure } from "../tree/index.js";
import type { Recording } from "./recording.js";

/**
 * The way from arguments to a plan when all of them are tensors that hold numbers, of the shapes and dtypes of the last
 * call: a comparison each, and nothing is allocated but a list.
 */
export class Shortcut {
  constructor(
    private readonly expected: readonly Abstract[],
    private readonly plan: Plan,
    private readonly result: Structure,
  ) {}

  /** The result, or undefined when the arguments are others. */
  call(args: readonly unknown[]): unknown {
    const { expected } = this;
    if (args.length !== expected.length) return undefined;
    const numbers = new Array<TypedArray>(args.length);
    for (let i = 0; i < expected.length; i++) {
      const x = args[i];
      if (!isTensor(x) || !isTypedArray(x.content)) return undefined;
      const { shape, dtype } = expected[i]!;
      if (x.dtype !== dtype || !sameShape(x.shape, shape)) return undefined;
      numbers[i] = x.content;
    }
    const results = this.plan.run(numbers);
    return this.result.kind === "leaf" ? results[0] : unflatten(this.result, results);
  }
}

/** Undefined for a recording that needs more than its arguments, or that has not been compiled. */
export function shortcutOf({ signature, program, result, captures, held }: Recording): Shortcut | undefined {
  const { structure, leaves } = signature;
  const isFlat = structure.kind === "array" && structure.items.every(({ kind }) => kind === "leaf");
  const plan = compiledPlan(program);
  if (!isFlat || plan === undefined || captures.length > 0 || held.length > 0) return undefined;
  return new Shortcut(leaves, plan, result);
}
