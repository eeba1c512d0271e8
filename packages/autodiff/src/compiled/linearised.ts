import type { Abstract, Tensor } from "@cotangent/core-tensor";
import { RuleError } from "../errors/errors.js";
import { Tape } from "../tape/tape.js";
import { recordLinear } from "../tape/record-tape.js";
import { programOf } from "../program/dead-equations.js";
import { play } from "../program/play.js";
import type { ProgramTrace } from "../program/program-trace.js";
import { isConstant, type Atom, type Variable } from "../program/atom.js";
import type { ProgramEquation } from "../program/equation.js";
import type { Program } from "../program/program.js";
import { recordWith } from "../program/record.js";

/** The derivative of a program, as programs: what depends on the point is computed once, the linear maps use it. */
export interface Linearised {
  /** inputs -> outputs, followed by residuals */
  readonly known: Program;
  /** The outputs whose derivative is not zero: those of the linear maps. */
  readonly live: readonly number[];
  /** residuals, tangents of the active inputs -> tangents of the live outputs */
  readonly forward: () => Program;
  /** residuals, cotangents of the live outputs -> cotangents of the active inputs */
  readonly backward: () => Program;
}

/**
 * Linearises a program with respect to its active inputs: its tape is written while the values are unknown, then played in
 * both directions, all into one list of equations, which is cut in three.
 */
export function linearised(program: Program, active: readonly boolean[]): Linearised {
  return recordWith(program.inputs, (inputs, trace) => {
    const { tape, values } = recordLinear(
      (duals) => {
        let next = 0;
        return play(
          program,
          inputs.map((x, i) => (active[i]! ? duals[next++]! : x)),
        );
      },
      inputs.filter((_, i) => active[i]!),
    );
    const live = [...tape.outputs.keys()].filter((i) => tape.outputs[i]!.variable >= 0);
    const ends = live.map((i) => tape.outputs[i]!);
    const linear = new Tape(tape.equations, tape.inputs, ends);
    const equations = [...trace.equations];
    const forward = linearPart(trace, linear.inputs, (tangents) => linear.forward(tangents));
    const backward = linearPart(trace, linear.outputs, (cotangents) => linear.backward(cotangents));
    const variables = inputs.map((x) => trace.variableOf(x));
    const computed = new Set<Atom>([...variables, ...equations.flatMap(({ outputs }) => outputs)]);
    const residuals = new Set<Variable>();
    for (const { reads } of [forward, backward]) {
      for (const atom of reads) if (!isConstant(atom) && computed.has(atom)) residuals.add(atom);
    }
    const outputs = [...values.map((x) => trace.atomOf(x)), ...residuals];
    return {
      known: programOf(variables, equations, outputs),
      live,
      forward: once(() => forward.program([...residuals])),
      backward: once(() => backward.program([...residuals])),
    };
  });
}

/** Makes a program when it is first asked for: the same one every time, for what is compiled of it goes with it. */
function once(make: () => Program): () => Program {
  let made: Program | undefined;
  return () => (made ??= make());
}

/** A linear map that reads some values of the known part. */
interface LinearPart {
  readonly reads: readonly Atom[];
  readonly program: (residuals: readonly Variable[]) => Program;
}

/** Plays a tape. What cannot be played in this direction (a `customVjp` forwards) fails when it is asked for. */
function linearPart(
  trace: ProgramTrace,
  starts: readonly Abstract[],
  playTape: (starts: readonly Tensor[]) => readonly Tensor[],
): LinearPart {
  const from = trace.equations.length;
  const inputs = starts.map((x) => trace.variable(x));
  try {
    const outputs = playTape(inputs).map((x) => trace.atomOf(x));
    const equations: readonly ProgramEquation[] = trace.equations.slice(from);
    const variables = inputs.map((x) => trace.variableOf(x));
    return {
      reads: [...equations.flatMap((equation) => equation.inputs), ...outputs],
      program: (residuals) => programOf([...residuals, ...variables], equations, outputs),
    };
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    const program = (): never => {
      throw error;
    };
    return { reads: [], program };
  }
}
