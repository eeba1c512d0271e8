import {
  checkTraced,
  isFloat,
  peel,
  topTrace,
  tracedOf,
  UnknownValueError,
  type Tensor,
  type Trace,
} from "@cotangent/core-tensor";
import { RuleError } from "../errors/errors.js";
import { BatchTrace } from "../batch/batch-trace.js";
import type { JetTrace } from "../jet/jet-trace.js";
import { ProgramTrace } from "../program/program-trace.js";
import { JvpTrace } from "./jvp-trace.js";

/**
 * The innermost trace that one of the tensors belongs to: it pairs values with tangents, or has a batch of values.
 *
 * @throws RuleError for tangents: a function with a custom rule is not linear, and cannot be applied to them
 * @example
 * ```ts
 * innermostTrace([tensor(1)], "example"); // => undefined
 * jvp((x: Tensor) => {
 *   innermostTrace([x], "example")?.name; // => "jvp"
 *   return x;
 * }, [1], [1]);
 * ```
 */
export function innermostTrace(leaves: readonly Tensor[], where: string): JvpTrace | BatchTrace | undefined {
  const peeled = leaves.map(peel);
  const top = topTrace(peeled);
  if (top === undefined) return undefined;
  for (const x of peeled) {
    const traced = tracedOf(x);
    if (traced !== undefined) checkTraced(traced, where);
  }
  if (top instanceof JvpTrace || top instanceof BatchTrace) return top;
  if (top instanceof ProgramTrace) {
    throw new UnknownValueError(
      `${where}: needs its arguments as numbers, and inside of jit they are not known. Call it outside of jit`,
    );
  }
  refuseSeries(top, where);
  throw new RuleError(`${where}: a derivative rule applied this function to a tangent of ${top.name}`);
}

/**
 * Refuses a trace of Taylor series where there is a rule for the first derivative only.
 *
 * @throws RuleError
 * @example
 * ```ts
 * let message = "";
 * jet((x: Tensor) => {
 *   try {
 *     refuseSeries(tracedOf(x)!.trace, "example");
 *   } catch (error) {
 *     message = (error as RuleError).message;
 *   }
 *   return x;
 * }, [1], [[1]]);
 * message.includes("Use nested jvp instead"); // => true
 * ```
 */
export function refuseSeries(trace: Trace, where: string): void {
  if (!takesSeries(trace)) return;
  throw new RuleError(
    `${where}: a custom rule gives the first derivative only, and ${trace.name} needs more. Use nested jvp instead`,
  );
}

/** Not `instanceof`: whoever imports the class loads the rules for series too. */
function takesSeries(trace: Trace): trace is JetTrace {
  return "coefficientsOf" in trace;
}

/** Results of a custom rule must not depend on the trace that the rule is for, other than through its arguments. */
export function checkNoClosure(trace: JvpTrace, leaves: readonly Tensor[], where: string): void {
  if (leaves.some((x) => trace.tangentOf(x) !== null)) {
    throw new RuleError(
      `${where}: the rule closes over a value that is being differentiated, and that derivative would be lost. ` +
        "Pass the value in as an argument, or wrap it in stopGradient",
    );
  }
}

/**
 * Values joined with tangents, where the dtype carries derivatives.
 *
 * @example
 * ```ts
 * // x^2 with a derivative that is given: 2 x t
 * const square = (x: Tensor) => {
 *   const trace = innermostTrace([x], "square");
 *   if (!(trace instanceof JvpTrace)) return x.square();
 *   const [value, tangent] = [trace.primalOf(x), trace.tangentOrZeros(x)];
 *   return joinTangents(trace, [value.square()], [value.mul(2).mul(tangent)])[0]!;
 * };
 * grad(square)(3); // => 6
 * ```
 */
export function joinTangents(
  trace: JvpTrace,
  values: readonly Tensor[],
  tangents: readonly Tensor[],
  madeBy?: string,
): Tensor[] {
  return values.map((value, i) => (isFloat(value.dtype) ? trace.dual(value, tangents[i]!, madeBy) : value));
}
