import { type DType, type primitives, type Primitive, type Shape } from "@cotangent/core-tensor";
import {
  stridesOf,
  textOf,
  type Box,
  type ChooseParams,
  type WindowParams,
} from "@cotangent/core-tensor/plan";
import type { ProgramEquation } from "../../program/equation.js";

/** How an equation takes part in a fused kernel. */
export type Fusible =
  /** Element by element: an expression in a, b, c. */
  | { readonly kind: "map"; readonly expression: string; readonly before: readonly string[] }
  /** The same element of the operand, under a shape that differs by axes of length 1. */
  | { readonly kind: "same" }
  /** Element `offset + sum of index * stride` of the operand, which must have been stored. */
  | {
      readonly kind: "view";
      readonly offset: number;
      readonly strides: readonly number[];
      /** 0 at indices outside of it. */
      readonly inside?: Box;
    }
  /** The same element of the operand in whose box it is, or 0. */
  | { readonly kind: "choose"; readonly boxes: readonly Box[] }
  /** Over some axes of the operand, of which at least one has a length other than 1. */
  | { readonly kind: "reduce"; readonly of: "sum" | "max" | "min"; readonly axes: readonly number[] };

/** Undefined for what is a kernel of its own. */
export function fusible(equation: ProgramEquation): Fusible | undefined {
  if ("call" in equation) return undefined;
  const { primitive, inputs, outputs, params } = equation;
  const [x] = inputs;
  const [out] = outputs;
  switch (primitive.name) {
    case "cast":
      return { kind: "map", expression: out!.dtype === "bool" ? "(a == 0 ? 0 : 1)" : "a", before: [] };
    case "fused":
      return { kind: "map", ...textOf((params as primitives.PrimitiveParams["fused"]).expression) };
    case "reshape":
      return sameNumbers(x!.shape, out!.shape) ? { kind: "same" } : undefined;
    case "broadcastTo":
      return { kind: "view", offset: 0, strides: broadcastStrides(x!.shape, out!.shape) };
    case "transpose": {
      const strides = stridesOf(x!.shape);
      return { kind: "view", offset: 0, strides: (params as Axes).axes.map((axis) => strides[axis]!) };
    }
    case "slice": {
      const strides = stridesOf(x!.shape);
      const { starts, steps } = params as Slice;
      return {
        kind: "view",
        offset: starts.reduce((total, start, axis) => total + start * strides[axis]!, 0),
        strides: steps.map((step, axis) => step * strides[axis]!),
      };
    }
    case "window": {
      const { offset, strides, from, to } = params as WindowParams;
      return { kind: "view", offset, strides, inside: { from, to } };
    }
    case "choose": {
      const { from, to } = params as ChooseParams;
      return { kind: "choose", boxes: from.map((start, i) => ({ from: start, to: to[i]! })) };
    }
    case "sum":
    case "max":
    case "min": {
      const { axes } = params as Axes;
      if (axes.some((axis) => x!.shape[axis] !== 1)) return { kind: "reduce", of: primitive.name, axes };
      // A sum of one number starts with 0, and 0 + -0 is 0.
      return { kind: "map", expression: primitive.name === "sum" ? "0 + a" : "a", before: [] };
    }
    default:
      return isMap(primitive) ? mapOf(primitive, out!.dtype) : undefined;
  }
}

interface Axes {
  readonly axes: readonly number[];
}

interface Slice {
  readonly starts: readonly number[];
  readonly steps: readonly number[];
}

function mapOf(
  { name, expression, before, integers }: primitives.MapPrimitive,
  dtype: DType,
): Fusible | undefined {
  if (dtype !== "int32") return { kind: "map", expression, before };
  // An integer power refuses negative exponents when it meets them.
  if (name === "pow") return undefined;
  return { kind: "map", expression: integers?.expression ?? expression, before: integers?.before ?? before };
}

function isMap(primitive: Primitive): primitive is primitives.MapPrimitive {
  return "expression" in primitive;
}

/** The shape without axes of length 1. */
export function squeezed(shape: Shape): Shape {
  return shape.filter((length) => length !== 1);
}

/** Do these shapes differ by axes of length 1 only? */
export function sameNumbers(a: Shape, b: Shape): boolean {
  return squeezed(a).join() === squeezed(b).join();
}

/** The strides that read a tensor of `shape` as if it were broadcast to `target`. */
export function broadcastStrides(shape: Shape, target: Shape): number[] {
  const own = stridesOf(shape);
  const added = target.length - shape.length;
  return target.map((_, axis) => (axis < added || shape[axis - added] === 1 ? 0 : own[axis - added]!));
}
