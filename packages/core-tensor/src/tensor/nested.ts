import type { TypedArray } from "../dtype/index.js";
import { ShapeError } from "../errors/index.js";
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
  const walk = (value: Nested, depth: number): void => {
    if (typeof value === "object") {
      if (depth >= shape.length || value.length !== shape[depth]) throw ragged(shape, depth, value.length);
      for (const inner of value) walk(inner, depth + 1);
      return;
    }
    if (depth !== shape.length) throw ragged(shape, depth, undefined);
    if (typeof value !== "number" && typeof value !== "boolean") {
      throw new ShapeError(
        `tensor: expected numbers, booleans or nested arrays of them, got ${describe(value)}`,
      );
    }
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
  return value === null ? "null" : typeof value === "string" ? JSON.stringify(value) : typeof value;
}
