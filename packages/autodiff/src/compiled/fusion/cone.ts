import { bind, tensor, tracedOf, type Shape, type Tensor } from "@cotangent/core-tensor";
import { boxOf, choose, isEmpty, isInside, window, type Box } from "@cotangent/core-tensor/plan";
import { isConstant, Variable, type Atom } from "../../program/atom.js";
import type { ProgramEquation } from "../../program/equation.js";
import { fusible } from "./fusible.js";
import {
  broadcastMap,
  compose,
  identityMap,
  insideOf,
  isJoin,
  movingMap,
  strided,
  type IndexMap,
} from "./index-map.js";

type PrimitiveEquation = Extract<ProgramEquation, { primitive: unknown }>;

/**
 * The elements of a value at other indices, computed from values that are stored: elementwise operations are done again
 * there, f(a, b)[m(i)] = f(a[m(i)], b[m(i)]), and what moves elements is another map of indices.
 */
export class Cone {
  readonly equations: ProgramEquation[] = [];

  /**
   * @param shape - the domain
   * @param made - how values were computed
   * @param isStored - values that are read where they are
   */
  constructor(
    private readonly shape: Shape,
    private readonly made: ReadonlyMap<Atom, ProgramEquation>,
    private readonly isStored: (atom: Atom) => boolean,
  ) {}

  /** The result of an equation that moves elements. */
  result(equation: PrimitiveEquation): Atom {
    return this.moved(equation, identityMap(this.shape), boxOf(this.shape));
  }

  /** x[map(i)] for the indices i in the box, anything elsewhere. */
  private at(x: Atom, map: IndexMap, box: Box): Atom {
    if (isNumber(x)) return tensor(x.item(), { dtype: x.dtype });
    const equation = this.made.get(x);
    if (equation === undefined || "call" in equation || this.isStored(x)) return this.read(x, map, box);
    if (movingMap(equation) !== undefined) return this.moved(equation, map, box);
    const inputs = equation.inputs.map((input) =>
      this.at(input, compose(map, broadcastMap(input.shape, x.shape)), box),
    );
    if (inputs.every(isNumber)) return bind(equation.primitive, inputs, equation.params)[0]!;
    return this.push({ ...equation, inputs }, x);
  }

  private moved(equation: PrimitiveEquation, map: IndexMap, box: Box): Atom {
    if (isJoin(equation)) return this.joined(equation, map, box);
    return this.at(equation.inputs[0]!, compose(map, movingMap(equation)!), box);
  }

  /** What is made of parts, and 0 where there is none. */
  private joined(equation: PrimitiveEquation, map: IndexMap, box: Box): Atom {
    const [out] = equation.outputs as [Variable];
    const values: Atom[] = [];
    const boxes: Box[] = [];
    equation.inputs.forEach((input, i) => {
      const own = compose(map, movingMap(equation, i)!);
      const inside = insideOf(own, input.shape, box);
      if (isEmpty(inside)) return;
      values.push(this.at(input, own, inside));
      boxes.push(inside);
    });
    const [first] = values;
    if (first === undefined) return tensor(0, { dtype: out.dtype });
    const [inside] = boxes as [Box];
    if (values.length === 1 && (isInside(box, inside) || this.isZeroOutside(first, inside))) return first;
    const params = { shape: this.shape, from: boxes.map(({ from }) => from), to: boxes.map(({ to }) => to) };
    return this.push({ primitive: choose, params, inputs: values, outputs: [] }, out);
  }

  /** Reads a stored value, and 0 outside of the box. */
  private read(x: Atom, map: IndexMap, box: Box): Atom {
    const inside = insideOf(map, x.shape, box);
    if (isEmpty(inside)) return tensor(0, { dtype: x.dtype });
    const params = { shape: this.shape, ...strided(map, x.shape, this.shape.length), ...inside };
    return this.push({ primitive: window, params, inputs: [x], outputs: [] }, x);
  }

  private isZeroOutside(x: Atom, box: Box): boolean {
    const last = this.equations[this.equations.length - 1];
    if (last === undefined || "call" in last || last.outputs[0] !== x) return false;
    return last.primitive.name === "window" && isInside(last.params as Box, box);
  }

  private push(equation: PrimitiveEquation, { dtype }: Atom): Variable {
    const output = new Variable(this.shape, dtype);
    this.equations.push({ ...equation, outputs: [output] });
    return output;
  }
}

/** What an element costs to compute, in multiplications; infinite for what is never done twice. */
export function workOf(equation: ProgramEquation): number {
  if (movingMap(equation) !== undefined) return equation.inputs.length / 4;
  const role = fusible(equation);
  if (role?.kind !== "map" || role.before.length > 0) return Infinity;
  // A reduction of axes of length 1 is elementwise, but not between shapes that broadcast.
  if (equation.inputs.some(({ shape }) => shape.length > equation.outputs[0]!.shape.length)) return Infinity;
  if (/Math\.(?!abs|max|min|sign|floor|ceil|sqrt|imul)/.test(role.expression)) return Infinity;
  return /\/|sqrt/.test(role.expression) ? 4 : 1;
}

function isNumber(x: Atom): x is Tensor {
  return isConstant(x) && x.size === 1 && tracedOf(x) === undefined;
}
