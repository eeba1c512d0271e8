import { isTensor, liveTraces, resumable, tracedOf, type Tensor } from "@cotangent/core-tensor";
import { RuleError } from "../errors/errors.js";
import type { Equation } from "./equation.js";
import { LinearTrace, type TapeMark } from "./linear-trace.js";
import { Tape, type TapeOutput } from "./tape.js";

type Leaves = readonly Tensor[];

/** How many states tapes keep to start from again, now and at most since it was set to 0: what tests of memory read. */
export const savedStates = { now: 0, most: 0 };

/** Counts one state that the tapes being written keep, if there are any. */
export function countState(): void {
  if (!liveTraces().some((trace) => trace instanceof LinearTrace)) return;
  savedStates.now += 1;
  savedStates.most = Math.max(savedStates.most, savedStates.now);
}

/**
 * Runs `body` so that the tapes that are being written keep nothing of it but one line each. To play that line, the
 * traces of now are taken up again and `body` is run once more; what it writes on the tape then is played and dropped.
 * So whatever `body` closes over is differentiated like an argument, and all transformations nest.
 *
 * @param keeps - what `body` needs to be run again
 */
export function rematerialise(body: () => Leaves, keeps: unknown): Leaves {
  const tapes = liveTraces().filter((trace) => trace instanceof LinearTrace);
  if (tapes.length === 0) return body();
  const marks = tapes.map((tape) => tape.mark());
  const states = savedStates.now;
  const outputs = body();
  const resume = resumable();
  const recorded = tapes.map((tape, i) => segment(tape, marks[i]!, outputs));
  if (recorded.every((part) => part.outputs.length === 0)) return outputs;
  savedStates.now = states;
  countState();
  tapes.forEach((tape, i) => {
    const first = recorded[i]!;
    if (first.outputs.length === 0) return;
    const play = (run: (tape: Tape) => Leaves): Leaves => {
      // The play itself may be recorded, on the tapes of outer transformations: there, too, it is one line.
      return rematerialise(() => {
        const before = savedStates.now;
        // What is written on outer tapes that are still running belongs to them: residuals depend on it.
        const others = tapes.filter((other, j) => j > i || !other.alive);
        const again = resume(() => {
          const restart = tape.mark();
          const drop = others.map((other) => [other, other.mark()] as const);
          const results = body();
          const part = segment(tape, restart, results);
          for (const [other, mark] of drop) other.cut(mark);
          return part;
        });
        const result = run(new Tape(again.equations, first.inputs, sameOutputs(again, first)));
        savedStates.now = before;
        return result;
      }, keeps);
    };
    tape.recordFor(
      {
        name: "checkpoint",
        outputs: first.outputs,
        apply: (tangents) => play((part) => part.forward(tangents)),
        transpose: (cotangents) => play((part) => part.backward(cotangents)),
        keeps,
      },
      first.inputs.map(({ tensor }) => tensor),
      first.outputs.map(({ variable }) => variable),
    );
  });
  return outputs;
}

/** What was recorded since a mark: taken off the tape, with the variables that it starts from and ends in. */
interface Segment {
  readonly equations: readonly Equation[];
  readonly inputs: readonly (TapeOutput & { readonly tensor: Tensor })[];
  readonly outputs: readonly TapeOutput[];
}

function segment(tape: LinearTrace, mark: TapeMark, results: Leaves): Segment {
  const recorded = tape.cut(mark);
  const outputs = [...variablesIn(tape, results)]
    .filter(([variable]) => variable >= mark.variable)
    .map(([variable, { shape, dtype }]) => ({ variable, shape, dtype }));
  const inputs = new Map<number, Tensor>();
  for (const { variables, inputs: operands } of recorded) {
    variables.forEach((variable, i) => {
      if (variable >= 0 && variable < mark.variable) inputs.set(variable, operands[i]!);
    });
  }
  const starts = [...inputs].map(([variable, tensor]) => ({
    variable,
    tensor,
    shape: tensor.shape,
    dtype: tensor.dtype,
  }));
  const { equations } = new Tape(recorded, starts, outputs);
  const used = new Set(equations.flatMap(({ variables }) => variables));
  return { equations, inputs: starts.filter(({ variable }) => used.has(variable)), outputs };
}

/** The variables of one tape inside of tensors, however many transformations lie above it. */
function variablesIn(tape: LinearTrace, tensors: Leaves): Map<number, Tensor> {
  const found = new Map<number, Tensor>();
  const visit = (x: Tensor): void => {
    const id = tape.idOf(x);
    if (id >= 0) found.set(id, x);
    const traced = tracedOf(x);
    if (traced !== undefined) for (const field of Object.values(traced)) if (isTensor(field)) visit(field);
  };
  tensors.forEach(visit);
  return found;
}

function sameOutputs(again: Segment, first: Segment): readonly TapeOutput[] {
  const known = new Set(first.inputs.map(({ variable }) => variable));
  const same =
    again.outputs.length === first.outputs.length &&
    again.inputs.length === first.inputs.length &&
    again.inputs.every(({ variable }) => known.has(variable));
  if (same) return again.outputs;
  throw new RuleError(
    "checkpoint: the function did something else when it was run again for its derivative. It must depend on nothing " +
      "but its arguments and values that do not change",
  );
}
