import {
  checkTraced,
  formatShape,
  heldTraces,
  hold,
  isFloat,
  peel,
  sameShape,
  ShapeError,
  topTrace,
  tracedOf,
  TracedValueError,
  zeros,
  type Abstract,
  type Tensor,
  type Trace,
} from "@cotangent/core-tensor";
import { BatchTrace } from "../batch/batch-trace.js";
import { RuleError } from "../errors/errors.js";
import { refuseSeries } from "../jvp/innermost.js";
import { JvpTrace } from "../jvp/jvp-trace.js";
import type { ProgramCall } from "../program/equation.js";
import { ProgramTrace } from "../program/program-trace.js";
import { isUnknown } from "../program/unknown.js";
import { linearCall } from "../tape/linear-call.js";
import { batchedCall } from "./batched-call.js";
import type { OpaqueCall } from "./opaque-call.js";
import { noTape, played, withTape } from "./with-tape.js";

type Leaves = readonly Tensor[];

/**
 * Runs code that needs numbers: at once where they are known; while a program is recorded, as one line of it, which runs
 * the code every time that the program runs.
 *
 * Derivatives and batches are the code's own: the line of a derivative linearises the code when it runs, at the numbers of
 * then. The tape that this makes lives as long as what the lines hand on to each other, so no longer than outside of `jit`.
 *
 * @throws ShapeError when the code returns something else than was said
 * @throws TracedValueError when a compiled function runs code that closes over a traced value
 * @example
 * ```ts
 * // code that asks for a number, inside of jit
 * const rounded = (x: Tensor) =>
 *   opaque({ name: "rounded", outputs: [x], apply: ([v]) => [v!.mul(Math.round(v!.item()))] }, [x])[0]!;
 * const f = jit((x: Tensor) => rounded(x).add(1));
 * f(2.4).item(); // => 5.8
 * grad(f)(2.4).item(); // => 2
 * jit(grad(rounded))(2.6).item(); // => 3
 * ```
 */
export function opaque(call: OpaqueCall, inputs: Leaves): Leaves {
  const peeled = inputs.map(peel);
  const top = topTrace(peeled);
  if (top === undefined) return checked(call, call.apply(inputs));
  for (const x of peeled) {
    const traced = tracedOf(x);
    if (traced !== undefined) checkTraced(traced, call.name);
  }
  if (top instanceof ProgramTrace) return top.record(lineOf(call), peeled, call.outputs);
  if (!peeled.some(isUnknown)) return checked(call, call.apply(inputs));
  if (top instanceof JvpTrace) return onDuals(call, peeled, top);
  if (top instanceof BatchTrace) return onBatch(call, peeled, top);
  return onVectors(call, peeled, top);
}

/**
 * Do operations on these values belong to a program that is being recorded, so that their numbers are not to be had?
 *
 * @example
 * ```ts
 * isRecorded([tensor(1)]); // => false
 * jit((x: Tensor) => {
 *   isRecorded([x]); // => true
 *   return x;
 * })(1);
 * ```
 */
export function isRecorded(leaves: Leaves): boolean {
  const peeled = leaves.map(peel);
  return topTrace(peeled) instanceof ProgramTrace || peeled.some(isUnknown);
}

/** A line of a program. It holds still what stands still now: that counted as known. Of the recording it keeps nothing. */
function lineOf(given: OpaqueCall): ProgramCall {
  const held = heldTraces();
  const call = { ...given, outputs: given.outputs.map(abstractOf) };
  const apply = (inputs: Leaves): Leaves => closed(call, inputs, opaque(call, inputs));
  return { name: call.name, apply: held.length === 0 ? apply : (inputs) => hold(held, () => apply(inputs)) };
}

/**
 * The results of a line, which belong to what its inputs belong to: of anything else a plan would take the numbers, and the
 * derivative would be lost.
 */
function closed({ name }: OpaqueCall, inputs: Leaves, results: Leaves): Leaves {
  if (results.every((x) => tracedOf(x) === undefined)) return results;
  const known = new Set(inputs.flatMap(tracesOf));
  const captured = results.flatMap(tracesOf).find((trace) => !known.has(trace));
  if (captured === undefined) return results;
  throw new TracedValueError(
    `${name}: this code runs inside of a compiled function, and closes over a value traced by ${captured.name}, whose ` +
      "derivative would be lost. Make the value one of its inputs, or apply stopGradient to it",
  );
}

/** The traces that a value belongs to, at any depth, and that do not stand still. */
function tracesOf(x: Tensor): Trace[] {
  const found: Trace[] = [];
  for (let at: Tensor | undefined = x; at !== undefined;) {
    const traced = tracedOf(at);
    if (traced !== undefined && traced.trace.held === 0) found.push(traced.trace);
    at = traced?.primal ?? traced?.whole;
  }
  return found;
}

/** (x, dx) -> (f(x), f'(x) dx): the values with the tape that they leave behind, and a line that plays it. */
function onDuals(call: OpaqueCall, inputs: Leaves, trace: JvpTrace): Leaves {
  const tangents = inputs.map((x) => trace.tangentOf(x));
  const active = tangents.map((t) => t !== null);
  const primals = inputs.map((x) => trace.primalOf(x));
  const [tape, ...values] = opaque(withTape(call, active), primals) as [Tensor, ...Tensor[]];
  const residuals = [tape, ...primals];
  const dualsOf = (which: "forward" | "backward") => (starts: Leaves) =>
    opaque(played(call, active, which, primals.map(abstractOf)), [...residuals, ...starts]);
  const duals = linearCall(
    {
      name: call.name,
      outputs: call.outputs.filter(({ dtype }) => isFloat(dtype)),
      apply: dualsOf("forward"),
      transpose: dualsOf("backward"),
      keeps: residuals,
    },
    tangents.filter((t) => t !== null),
  );
  let next = 0;
  return values.map((x) => (isFloat(x.dtype) ? trace.dual(x, duals[next++]!, call.name) : x));
}

function onBatch(call: OpaqueCall, inputs: Leaves, trace: BatchTrace): Leaves {
  const below = inputs.map((x) => trace.below(x));
  const which = below.map(({ batched }) => batched);
  const { call: batch, whole = [] } = batchedCall(call, which, trace.size);
  const values = below.map(({ value }, i) => (whole[i] === true ? trace.wholeOf(inputs[i]!) : value));
  return opaque(batch, values).map((x) => trace.batch(x));
}

/** On the variables of a tape: possible where the code is linear in them. */
function onVectors(call: OpaqueCall, inputs: Leaves, top: Trace): Leaves {
  refuseSeries(top, call.name);
  const { linear = 0 } = call;
  const rest = inputs.slice(linear);
  if (linear === 0 || topTrace(rest) === top) {
    throw new RuleError(
      `${call.name}: a derivative rule applied this to a tangent of ${top.name}, in which it is not linear`,
    );
  }
  const vectors = inputs.slice(0, linear);
  const active = inputs.map((_, i) => i < linear);
  const origin = vectors.map(zerosOf);
  return linearCall(
    {
      name: call.name,
      outputs: call.outputs,
      apply: (xs) => opaque(call, [...xs, ...rest]),
      transpose: (cts) =>
        opaque(played(call, active, "backward", inputs.map(abstractOf)), [
          noTape(),
          ...origin,
          ...rest,
          ...cts,
        ]),
      keeps: rest,
    },
    vectors,
  );
}

function abstractOf({ shape, dtype }: Abstract): Abstract {
  return { shape, dtype };
}

function checked({ name, outputs }: OpaqueCall, results: Leaves): Leaves {
  if (results.length !== outputs.length) {
    throw new ShapeError(
      `${name}: ${String(outputs.length)} results were said to come, but there are ${String(results.length)}`,
    );
  }
  results.forEach((x, i) => {
    const { shape, dtype } = outputs[i]!;
    if (sameShape(x.shape, shape) && x.dtype === dtype) return;
    throw new ShapeError(
      `${name}: result ${String(i)} was said to be ${dtype} of shape ${formatShape(shape)}, but is ${x.dtype} of shape ` +
        `${formatShape(x.shape)}. Inside of jit, shapes and dtypes have to be known before the code runs`,
    );
  });
  return results;
}

function zerosOf({ shape, dtype }: Abstract): Tensor {
  return zeros(shape, { dtype });
}
