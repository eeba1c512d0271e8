import { type Shape } from "@cotangent/core-tensor";
import { stridesOf, type Box } from "@cotangent/core-tensor/plan";
import type { ProgramEquation } from "../../program/equation.js";

/**
 * Which element of a tensor an index of a domain stands for: along every axis of the tensor, start + step * index of one axis
 * of the domain, or start alone (axis -1). It may lie outside of the tensor.
 */
export type IndexMap = readonly AxisMap[];

interface AxisMap {
  readonly axis: number;
  readonly start: number;
  readonly step: number;
}

/** Every index for itself. */
export function identityMap(shape: Shape): IndexMap {
  return shape.map((_, axis) => ({ axis, start: 0, step: 1 }));
}

/** The map from a domain to x, from one to y (`outer`) and one from the indices of y to x (`inner`). */
export function compose(outer: IndexMap, inner: IndexMap): IndexMap {
  return inner.map((own) => {
    const through = outer[own.axis];
    if (through === undefined) return own;
    return { axis: through.axis, start: own.start + own.step * through.start, step: own.step * through.step };
  });
}

/** The part of the box that lies inside of a tensor of this shape. */
export function insideOf(map: IndexMap, shape: Shape, { from, to }: Box): Box {
  const [low, high] = [[...from], [...to]];
  map.forEach(({ axis, start, step }, own) => {
    const last = shape[own]! - 1;
    if (axis < 0) {
      if (start < 0 || start > last) high.fill(0);
      return;
    }
    // 0 <= start + step index <= last
    const [first, end] = step > 0 ? [-start, last - start] : [last - start, -start];
    low[axis] = Math.max(low[axis]!, Math.ceil(first / step));
    high[axis] = Math.min(high[axis]!, Math.floor(end / step) + 1);
  });
  return { from: low, to: high };
}

/** Where a tensor that is stored row by row is read. */
export function strided(map: IndexMap, shape: Shape, rank: number): { offset: number; strides: number[] } {
  const own = stridesOf(shape);
  const strides = new Array<number>(rank).fill(0);
  let offset = 0;
  map.forEach(({ axis, start, step }, i) => {
    offset += start * own[i]!;
    if (axis >= 0) strides[axis]! += step * own[i]!;
  });
  return { offset, strides };
}

/** From the indices of a result to those of an operand that is broadcast to it. */
export function broadcastMap(shape: Shape, target: Shape): IndexMap {
  const added = target.length - shape.length;
  return shape.map((length, axis) =>
    length === 1 ? { axis: -1, start: 0, step: 0 } : { axis: axis + added, start: 0, step: 1 },
  );
}

/** Is the result made of operands that stand beside each other, and zeros? */
export function isJoin(equation: ProgramEquation): boolean {
  if ("call" in equation) return false;
  const { name } = equation.primitive;
  return name === "place" || name === "concatenate";
}

/** From the indices of the result to those of operand `i`, for an equation that moves elements. */
export function movingMap({ inputs, outputs, ...equation }: ProgramEquation, i = 0): IndexMap | undefined {
  if ("call" in equation) return undefined;
  const { primitive, params } = equation;
  const x = inputs[i]!.shape;
  const out = outputs[0]!.shape;
  switch (primitive.name) {
    case "slice": {
      const { starts, steps } = params as Steps;
      return x.map((_, axis) => ({ axis, start: starts[axis]!, step: steps[axis]! }));
    }
    case "place": {
      // index = start + step k, and k = step (index - start) where the step is 1 or -1
      const { starts, steps } = params as Steps;
      const own = steps.map((step, axis) => (x[axis] === 1 ? 1 : step));
      if (own.some((step) => Math.abs(step) !== 1)) return undefined;
      return own.map((step, axis) => ({ axis, start: -step * starts[axis]!, step }));
    }
    case "concatenate": {
      const { axis } = params as { readonly axis: number };
      const before = inputs.slice(0, i).reduce((total, { shape }) => total + shape[axis]!, 0);
      return identityMap(x).map((own) => (own.axis === axis ? { ...own, start: -before } : own));
    }
    case "transpose": {
      const { axes } = params as { readonly axes: readonly number[] };
      return x.map((_, axis) => ({ axis: axes.indexOf(axis), start: 0, step: 1 }));
    }
    case "broadcastTo":
      return broadcastMap(x, out);
    case "reshape":
      return reshapeMap(x, out);
    default:
      return undefined;
  }
}

/** For shapes that differ by axes of length 1. */
function reshapeMap(shape: Shape, target: Shape): IndexMap | undefined {
  const axes = [...target.keys()].filter((axis) => target[axis] !== 1);
  const own = shape.filter((length) => length !== 1);
  if (own.length !== axes.length || own.some((length, i) => length !== target[axes[i]!])) return undefined;
  let next = 0;
  return shape.map((length) =>
    length === 1 ? { axis: -1, start: 0, step: 0 } : { axis: axes[next++]!, start: 0, step: 1 },
  );
}

interface Steps {
  readonly starts: readonly number[];
  readonly steps: readonly number[];
}
