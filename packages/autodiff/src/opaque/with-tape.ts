import { isFloat, peel, Tensor, tracedOf, type Abstract } from "@cotangent/core-tensor";
import { recordLinear } from "../tape/record-tape.js";
import type { Tape } from "../tape/tape.js";
import { batchedCall, mapped, wholeOf } from "./batched-call.js";
import type { OpaqueCall } from "./opaque-call.js";

type Leaves = readonly Tensor[];

/**
 * Tapes travel from line to line as tensors without meaning: a tape belongs to the array of one, and goes with it. An array
 * that is not known here (a copy) stands for no tape, and then the tape is made again.
 */
const tapes = new WeakMap<object, Tape>();

/** What stands for no tape. */
export function noTape(shape: readonly number[] = []): Tensor {
  return new Tensor(shape, "int32", new Int32Array(shape.reduce((size, n) => size * n, 1)));
}

/** inputs -> tape, results */
export function withTape(
  call: OpaqueCall,
  active: readonly boolean[],
  shape: readonly number[] = [],
): OpaqueCall {
  return {
    name: call.name,
    outputs: [{ shape, dtype: "int32" }, ...call.outputs],
    apply: (inputs) => {
      const ticket = noTape(shape);
      // Under a transformation the second line depends on these values, too: it makes the tape itself.
      if (!inputs.every(isPlain)) return [ticket, ...call.apply(inputs)];
      const { tape, values } = linearised(call, active, inputs);
      tapes.set(ticket.content, tape);
      return [ticket, ...values];
    },
    batched: (which, size) => {
      const { call: batch, ...rest } = batchedCall(call, which, size);
      return { call: withTape(batch, active, [size, ...shape]), ...rest };
    },
  };
}

/**
 * tape, inputs, tangents of the active inputs -> tangents of the results; or backwards, from cotangents of the results to
 * those of the active inputs
 */
export function played(
  call: OpaqueCall,
  active: readonly boolean[],
  which: "forward" | "backward",
  inputs: readonly Abstract[],
): OpaqueCall {
  const n = inputs.length;
  const outputs =
    which === "backward"
      ? inputs.filter((_, i) => active[i]!)
      : call.outputs.filter(({ dtype }) => isFloat(dtype));
  const plain: OpaqueCall = {
    name: `${call.name} ${which}`,
    outputs,
    apply: ([ticket, ...rest]) => {
      const point = rest.slice(0, n);
      const known = tapes.get(peel(ticket!).content);
      return playTape(known ?? linearised(call, active, point).tape, which, rest.slice(n));
    },
  };
  return {
    ...plain,
    batched: ([hasTapes, ...isBatched], size) => {
      const point = isBatched.slice(0, n);
      // A batch has one tape, from which the cotangent of an input that all examples share cannot be told for each.
      const isPlayed = hasTapes! && active.every((is, i) => !is || point[i]!);
      if (!isPlayed) return { call: mapped(plain, [hasTapes!, ...isBatched], size) };
      const { call: batch, whole = [] } = batchedCall(call, point, size);
      const wholes = inputs.map((x, i) => (point[i]! || whole[i] === true ? wholeOf(x, size) : x));
      return {
        call: played(batch, active, which, wholes),
        whole: [true, ...isBatched.map((_, i) => i >= n || whole[i] === true)],
      };
    },
  };
}

function playTape(tape: Tape, which: "forward" | "backward", starts: Leaves): Leaves {
  const isFloating = tape.outputs.map(({ dtype }) => isFloat(dtype));
  if (which === "forward") return tape.forward(starts).filter((_, i) => isFloating[i]!);
  let next = 0;
  return tape.backward(tape.outputs.map((_, i) => (isFloating[i]! ? starts[next++]! : noTape())));
}

/** The call at a point: its values, and its derivative with respect to the active inputs. */
function linearised(call: OpaqueCall, active: readonly boolean[], point: Leaves) {
  return recordLinear(
    (duals) => {
      let next = 0;
      return call.apply(point.map((x, i) => (active[i]! ? duals[next++]! : x)));
    },
    point.filter((_, i) => active[i]!),
  );
}

function isPlain(x: Tensor): boolean {
  return tracedOf(peel(x)) === undefined;
}
