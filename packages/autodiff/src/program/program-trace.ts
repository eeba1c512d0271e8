import {
  checkNumbers,
  placeOfUser,
  Tensor,
  tracedOf,
  UnknownValueError,
  type Abstract,
  type Origin,
  type Primitive,
  type Trace,
  type Traced,
  type TypedArray,
} from "@cotangent/core-tensor";
import { Variable, type Atom } from "./atom.js";
import type { ProgramCall, ProgramEquation } from "./equation.js";

/** A tensor that stands for a variable of a program. */
class Unknown implements Traced {
  readonly primal = undefined;

  constructor(
    readonly trace: ProgramTrace,
    readonly variable: Variable,
  ) {}

  refusal(where: string): Error {
    const line = placeOfUser();
    return new UnknownValueError(
      `${where}: jit records operations before values are known, and this one asks for a number` +
        `${line === undefined ? "" : `, at ${line}`}. The ways out: pass what decides as a static argument ` +
        "(`static`), which is known; choose with where, cond or whileLoop instead of `if` and `while`; or leave this " +
        "part outside of jit",
    );
  }

  whenKnown(where: string, check: (numbers: TypedArray) => void): void {
    this.trace.check(where, this.variable, check);
  }
}

/** Records operations on its variables: this is how a program is written. */
export class ProgramTrace implements Trace {
  readonly name = "jit";
  readonly claims = true;
  alive = true;
  held = 0;
  readonly equations: ProgramEquation[] = [];
  /** What the function closes over and belongs to outer transformations, and the variables that stand for it. */
  readonly captures = new Map<Traced, { readonly tensor: Tensor; readonly variable: Variable }>();

  constructor(
    readonly level: number,
    readonly origin: Origin,
  ) {}

  /** A new variable, as a tensor. */
  variable({ shape, dtype }: Abstract): Tensor {
    return new Tensor(shape, dtype, new Unknown(this, new Variable(shape, dtype)));
  }

  /** What a tensor is in the program: a variable, or a constant. */
  atomOf(x: Tensor): Atom {
    const traced = tracedOf(x);
    if (traced === undefined) return x;
    if (traced instanceof Unknown && traced.trace === this) return traced.variable;
    let capture = this.captures.get(traced);
    if (capture === undefined) {
      this.captures.set(traced, (capture = { tensor: x, variable: new Variable(x.shape, x.dtype) }));
    }
    return capture.variable;
  }

  /** The variable that a tensor made by `variable` stands for. */
  variableOf(x: Tensor): Variable {
    const { content } = x;
    if (content instanceof Unknown && content.trace === this) return content.variable;
    throw new UnknownValueError("jit: a value of another program stands where a variable of this one should");
  }

  process(primitive: Primitive, inputs: readonly Tensor[], params: object): readonly Tensor[] {
    const outputs = primitive.shape(inputs, params).map((output) => this.variable(output));
    const ends = this.ends(inputs, outputs);
    this.equations.push({ primitive, params, inputs: ends.inputs, outputs: ends.outputs });
    return outputs;
  }

  /** Records an operation that is more than a primitive. */
  record(call: ProgramCall, inputs: readonly Tensor[], results: readonly Abstract[]): readonly Tensor[] {
    const outputs = results.map((output) => this.variable(output));
    this.equations.push({ call, ...this.ends(inputs, outputs) });
    return outputs;
  }

  private ends(inputs: readonly Tensor[], outputs: readonly Tensor[]) {
    return { inputs: inputs.map((x) => this.atomOf(x)), outputs: outputs.map((x) => this.variableOf(x)) };
  }

  /** Records a check of numbers. */
  check(where: string, input: Variable, check: (numbers: TypedArray) => void): void {
    const call: ProgramCall = {
      name: `check ${where}`,
      isCheck: true,
      apply: ([x]) => {
        checkNumbers(x!, where, check);
        return [];
      },
    };
    this.equations.push({ call, inputs: [input], outputs: [] });
  }
}
