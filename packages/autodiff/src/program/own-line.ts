import { checkTraced, peel, topTrace, tracedOf } from "@cotangent/core-tensor";
import { RuleError } from "../errors/errors.js";
import { flatten, unflatten, type Flat, type Structure } from "../tree/index.js";
import { ProgramTrace } from "./program-trace.js";
import { record } from "./record.js";

type Leaves = Flat["leaves"];

/**
 * A function with a derivative of its own, applied while a program is recorded: it becomes a line of the program, so that
 * its rule is there when the program is differentiated. What the line computes is recorded too.
 *
 * @param custom - f with its rule
 * @returns undefined where the arguments are not values of a program
 * @throws RuleError when the function closes over a traced value, which the line could not see
 */
export function ownLine<A extends readonly unknown[], R>(
  name: string,
  { leaves, structure }: Flat,
  f: (...args: A) => unknown,
  custom: (...args: A) => R,
): R | undefined {
  const peeled = leaves.map(peel);
  const top = topTrace(peeled);
  if (!(top instanceof ProgramTrace)) return undefined;
  for (const x of peeled) {
    const traced = tracedOf(x);
    if (traced !== undefined) checkTraced(traced, name);
  }
  let result: Structure | undefined;
  const applied = (g: (...args: A) => unknown, xs: Leaves) =>
    flatten(g(...(unflatten(structure, xs) as A)), name);
  const { program, captures } = record((xs) => {
    const out = applied(f, xs);
    result = out.structure;
    return out.leaves;
  }, peeled);
  if (captures.length > 0) {
    throw new RuleError(
      `${name}: inside of jit the function closes over a traced value, which its rule would not know of. Pass the ` +
        "value in as an argument",
    );
  }
  const call = {
    name,
    programs: { f: program },
    computes: program,
    apply: (xs: Leaves) => applied(custom, xs).leaves,
  };
  return unflatten(result!, top.record(call, peeled, program.outputs)) as R;
}
