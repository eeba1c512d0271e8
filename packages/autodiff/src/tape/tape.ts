import {
  add,
  bind,
  broadcastTo,
  reshape,
  sameShape,
  sum,
  zeros,
  type Abstract,
  type Tensor,
} from "@cotangent/core-tensor";
import { RuleError } from "../errors/errors.js";
import type { LinearAt, MaybeZero, TransposeRule } from "../rules/rule.js";
import { transposeRules } from "../rules/transpose/table.js";
import { applyCall } from "./apply-call.js";
import type { Equation } from "./equation.js";

/** What a tape's variable is worth at its end: a variable, or a derivative that is identically zero. */
export type TapeOutput = Abstract & { readonly variable: number };

/**
 * A straight list of linear equations with the residuals that they need: the derivative of a function at a point.
 * Played forwards it is the Jacobian-vector product, backwards the vector-Jacobian product. Playing never runs the
 * function again.
 */
export class Tape {
  readonly equations: readonly Equation[];

  constructor(
    equations: readonly Equation[],
    readonly inputs: readonly TapeOutput[],
    /** variable -1 stands for an output whose derivative is zero */
    readonly outputs: readonly TapeOutput[],
  ) {
    this.equations = withoutDeadEquations(equations, inputs, outputs);
  }

  /** All that the map depends on; undefined where a line is code that may close over anything. */
  get dependsOn(): readonly Tensor[] | undefined {
    const all: Tensor[] = [];
    for (const equation of this.equations) {
      if ("call" in equation && equation.call.dependsOn === undefined) return undefined;
      if ("call" in equation) for (const x of equation.call.dependsOn!) all.push(x);
      equation.inputs.forEach((x, i) => {
        if (equation.variables[i]! < 0) all.push(x);
      });
    }
    return all;
  }

  /** J v */
  forward(tangents: readonly Tensor[]): Tensor[] {
    const values = new Map<number, Tensor>();
    this.inputs.forEach(({ variable }, i) => values.set(variable, tangents[i]!));
    for (const equation of this.equations) {
      const inputs = equation.inputs.map((x, i) => {
        const variable = equation.variables[i]!;
        return variable < 0 ? x : values.get(variable)!;
      });
      const outputs =
        "call" in equation
          ? applyCall(equation.call, inputs)
          : bind(equation.primitive, inputs, equation.params);
      equation.outputs.forEach((variable, i) => values.set(variable, outputs[i]!));
    }
    return this.outputs.map((output) => values.get(output.variable) ?? zerosOf(output));
  }

  /** J^T u */
  backward(cotangents: readonly Tensor[]): Tensor[] {
    const values = new Map<number, Tensor>();
    const accumulate = (variable: number, ct: Tensor): void => {
      const before = values.get(variable);
      values.set(variable, before === undefined ? ct : add(before, ct));
    };
    this.outputs.forEach(({ variable }, i) => {
      if (variable >= 0) accumulate(variable, cotangents[i]!);
    });
    for (let e = this.equations.length - 1; e >= 0; e--) {
      const equation = this.equations[e]!;
      if (!equation.outputs.some((variable) => values.has(variable))) continue;
      transposeEquation(equation, values).forEach((ct, i) => {
        const variable = equation.variables[i]!;
        if (ct !== null && variable >= 0) accumulate(variable, sumToShape(ct, equation.inputs[i]!.shape));
      });
      for (const variable of equation.outputs) values.delete(variable);
    }
    return this.inputs.map((input) => values.get(input.variable) ?? zerosOf(input));
  }
}

function transposeEquation(equation: Equation, values: ReadonlyMap<number, Tensor>): readonly MaybeZero[] {
  const cts = equation.outputs.map((variable) => values.get(variable));
  if ("call" in equation) {
    const { call } = equation;
    return call.transpose(cts.map((ct, i) => ct ?? zerosOf(call.outputs[i]!)));
  }
  const { primitive, inputs, variables, params } = equation;
  // Each rule is typed by the parameters of its own primitive; the pairing by name is what the table guarantees.
  const rule = transposeRules[primitive.name] as TransposeRule<never>;
  const at = {
    primitive,
    inputs,
    linear: variables.map((variable) => variable >= 0),
    params,
  } as unknown as LinearAt<never>;
  return rule(cts[0]!, at);
}

const lostVariable =
  "checkpoint: a value computed inside of a checkpointed function was stored outside and used there, where its " +
  "derivative is not known. Return it from the function instead";

/** Keeps the equations that some output depends on. */
function withoutDeadEquations(
  equations: readonly Equation[],
  inputs: readonly TapeOutput[],
  outputs: readonly TapeOutput[],
): readonly Equation[] {
  const needed = new Set(outputs.map(({ variable }) => variable));
  const kept: Equation[] = [];
  for (let e = equations.length - 1; e >= 0; e--) {
    const equation = equations[e]!;
    if (!equation.outputs.some((variable) => needed.has(variable))) continue;
    kept.push(equation);
    for (const variable of equation.variables) if (variable >= 0) needed.add(variable);
  }
  const known = new Set([-1, ...inputs.map(({ variable }) => variable)]);
  for (const { outputs: results } of kept) for (const variable of results) known.add(variable);
  if ([...needed].some((variable) => !known.has(variable))) throw new RuleError(lostVariable);
  return kept.reverse();
}

/** The transpose of broadcasting: sums over the axes that were stretched. */
function sumToShape(ct: Tensor, shape: readonly number[]): Tensor {
  if (sameShape(ct.shape, shape)) return ct;
  const added = ct.ndim - shape.length;
  const axes = ct.shape
    .map((_, axis) => axis)
    .filter((axis) => axis < added || (shape[axis - added] === 1 && ct.shape[axis] !== 1));
  const summed = reshape(sum(ct, { axis: axes }), shape.length === 0 ? [] : shapeWithOnes(ct, axes, added));
  return sameShape(summed.shape, shape) ? summed : broadcastTo(summed, shape);
}

function shapeWithOnes(ct: Tensor, axes: readonly number[], added: number): number[] {
  return ct.shape.slice(added).map((length, axis) => (axes.includes(axis + added) ? 1 : length));
}

function zerosOf({ shape, dtype }: Abstract): Tensor {
  return zeros(shape, { dtype });
}
