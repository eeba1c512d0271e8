import type { TypedArray } from "../dtype/index.js";
import { ShapeError, ValueError } from "../errors/index.js";
import { formatShape, type Shape } from "../shape/index.js";

/** A number, a boolean, or arrays of them, nested to one depth everywhere. */
export type Nested = number | boolean | readonly Nested[];

/** Cuts a flat row-major array into nested arrays. */
export function nest(data: TypedArray, shape: Shape, bool: boolean): Nested {
  let position = 0;
  const cut = (axis: number): Nested => {
    if (axis === shape.length) {
      const value = data[position++]!;
      return bool ? value !== 0 : value;
    }
    return Array.from({ length: shape[axis]! }, () => cut(axis + 1));
  };
  return cut(0);
}

/** The shape of nested arrays, and their numbers in row-major order. */
export function flattenNested(nested: Nested): { shape: number[]; values: (number | boolean)[] } {
  const shape: number[] = [];
  for (let level = nested; Array.isArray(level); level = (level as readonly Nested[])[0] ?? 0) {
    shape.push(level.length);
    if (level.length === 0) break;
  }
  const values: (number | boolean)[] = [];
  const walk = (value: unknown, depth: number): void => {
    if (Array.isArray(value)) {
      if (depth >= shape.length || value.length !== shape[depth]) throw ragged(shape, depth, value.length);
      for (const inner of value as readonly unknown[]) walk(inner, depth + 1);
      return;
    }
    if (typeof value !== "number" && typeof value !== "boolean") {
      throw new ValueError(
        `tensor: expected numbers, booleans or nested arrays of them, got ${describe(value)}`,
      );
    }
    if (depth !== shape.length) throw ragged(shape, depth, undefined);
    values.push(value);
  };
  walk(nested, 0);
  return { shape, values };
}

function ragged(shape: readonly number[], depth: number, length: number | undefined): ShapeError {
  const found = length === undefined ? "a number" : `an array of length ${String(length)}`;
  const wanted = depth < shape.length ? `an array of length ${String(shape[depth])}` : "a number";
  return new ShapeError(
    `tensor: ragged nested arrays: at depth ${String(depth)} found ${found} where the first entry, ` +
      `of shape ${formatShape(shape)}, has ${wanted}`,
  );
}

function describe(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value !== "object" || value === null) return value === null ? "null" : typeof value;
  const name = value.constructor.name;
  return name === "Tensor" ? "a Tensor; join tensors with stack" : `a ${name}`;
}
