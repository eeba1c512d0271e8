import {
  allNumbers,
  heldTraces,
  hold,
  Tensor,
  tracedOf,
  UnknownValueError,
  type Abstract,
  type Primitive,
  type Trace,
  type Traced,
} from "@cotangent/core-tensor";
import { RuleError } from "../errors/errors.js";
import { isLinearPrimitive, type LinearPrimitiveName } from "../rules/transpose/table.js";
import type { Equation, LinearCall } from "./equation.js";

/** A position on a tape that is being written. */
export interface TapeMark {
  readonly equation: number;
  readonly variable: number;
}

/** A variable of a tape: it has a shape and a dtype, but no number. */
class LinearVariable implements Traced {
  readonly primal = undefined;

  constructor(
    readonly trace: LinearTrace,
    readonly id: number,
  ) {}

  refusal(where: string): Error {
    return new UnknownValueError(
      `${where}: this value is a tangent on a tape, which is played later, so it has no number yet. A derivative rule may ` +
        "add tangents and multiply them by values; what it decides, it must decide by the values",
    );
  }
}

/** Records the linear operations on its variables: this is how a tape is written. */
export class LinearTrace implements Trace {
  readonly name = "linearize";
  readonly onlyLinear = true;
  alive = true;
  held = 0;
  readonly equations: Equation[] = [];
  private count = 0;

  constructor(readonly level: number) {}

  /** A new variable. */
  variable({ shape, dtype }: Abstract): Tensor {
    return new Tensor(shape, dtype, new LinearVariable(this, this.count++));
  }

  /** The number of a variable of this tape, or -1. */
  idOf(x: Tensor): number {
    const content = tracedOf(x);
    return content instanceof LinearVariable && content.trace === this ? content.id : -1;
  }

  process(primitive: Primitive, inputs: readonly Tensor[], params: object): readonly Tensor[] {
    if (!isLinear(primitive)) {
      throw new RuleError(
        `${primitive.name}: a derivative rule applied this operation to a tangent, but it is not linear. ` +
          "Rules may only add tangents and multiply them by values",
      );
    }
    const variables = inputs.map((x) => this.idOf(x));
    const isProduct = primitive.name === "mul" || primitive.name === "matmul";
    if (isProduct && variables[0]! >= 0 && variables[1]! >= 0) {
      throw new RuleError(
        `${primitive.name}: a derivative rule multiplied two tangents; it must be linear in them`,
      );
    }
    for (let i = jointlyLinearFrom(primitive.name); i < inputs.length; i++) {
      if (variables[i]! < 0) this.refuseConstant(inputs[i]!, primitive.name);
    }
    const outputs = primitive.shape(inputs, params).map((output) => this.variable(output));
    this.equations.push({ primitive, params, inputs, variables, outputs: outputs.map((x) => this.idOf(x)) });
    return outputs;
  }

  /**
   * Refuses what is neither a variable of this tape nor zero where only a derivative may stand.
   *
   * @throws RuleError
   */
  refuseConstant(x: Tensor, where: string): void {
    if (this.idOf(x) >= 0 || allNumbers(x, where).every((value) => value === 0)) return;
    throw new RuleError(
      `${where}: a derivative rule joined a tangent with a value that is no tangent; it must be linear in the tangents`,
    );
  }

  /** Where the next equation will stand, and the number that the next variable will have. */
  mark(): TapeMark {
    return { equation: this.equations.length, variable: this.count };
  }

  /** Takes off the equations that were recorded since a mark. */
  cut(mark: TapeMark): readonly Equation[] {
    return this.equations.splice(mark.equation);
  }

  /** Records an opaque linear operation. */
  record(call: LinearCall, inputs: readonly Tensor[]): readonly Tensor[] {
    const outputs = call.outputs.map((output) => this.variable(output));
    this.recordFor(
      call,
      inputs,
      outputs.map((x) => this.idOf(x)),
    );
    return outputs;
  }

  /** Records an opaque linear operation whose outputs are variables that exist. */
  recordFor(call: LinearCall, inputs: readonly Tensor[], outputs: readonly number[]): void {
    this.equations.push({
      call: underSameHold(call),
      inputs,
      variables: inputs.map((x) => this.idOf(x)),
      outputs,
    });
  }
}

/** The call as it would run now: what it closes over may belong to traces that are held now, but not later. */
function underSameHold(call: LinearCall): LinearCall {
  const held = heldTraces();
  if (held.length === 0) return call;
  return {
    ...call,
    dependsOn: undefined,
    apply: (inputs) => hold(held, () => call.apply(inputs)),
    transpose: (cotangents) => hold(held, () => call.transpose(cotangents)),
  };
}

/** The first of the operands that a primitive is linear in only together: a constant among them must be zero. */
function jointlyLinearFrom(name: LinearPrimitiveName): number {
  if (name === "where") return 1;
  return name === "add" || name === "sub" || name === "concatenate" ? 0 : Infinity;
}

function isLinear(primitive: Primitive): primitive is Primitive & { readonly name: LinearPrimitiveName } {
  return isLinearPrimitive(primitive.name);
}
