import { formatShape, normalizeAxis, ShapeError, type Tensor } from "@cotangent/core-tensor";
import { TreeError } from "../errors/errors.js";
import { formatStructure, type Structure } from "../tree/index.js";

/**
 * Which axis has the examples: a number for all leaves of a tree (negative ones count from the end), null for a tree that
 * is the same for all examples, or a tree of these that has the upper part of the nesting of the tree it is for.
 */
export type AxisTree = number | null | readonly AxisTree[] | { readonly [key: string]: AxisTree };

/** The axis of every leaf of a tree. */
export function axesOf(axes: AxisTree, structure: Structure, where: string): readonly (number | null)[] {
  if (axes === null || typeof axes === "number")
    return new Array<number | null>(leafCount(structure)).fill(axes);
  const items: readonly (AxisTree | undefined)[] | undefined =
    structure.kind === "array" && isList(axes) && axes.length === structure.items.length
      ? axes
      : structure.kind === "object" && !isList(axes) && sameKeys(axes, structure.keys)
        ? structure.keys.map((key) => axes[key])
        : undefined;
  if (structure.kind === "leaf" || items === undefined) {
    throw new TreeError(
      `${where}: the axes ${JSON.stringify(axes)} do not fit a tree of structure ${formatStructure(structure)}. Give ` +
        "one number or null for all of it, or a tree of these with the same nesting",
    );
  }
  return structure.items.flatMap((item, i) => axesOf(items[i]!, item, where));
}

/** An axis of a leaf, counted from the front. */
export function axisIn(x: Tensor, axis: number, where: string): number {
  if (x.ndim === 0) {
    throw new ShapeError(
      `${where}: a scalar has no axis to map over: give it the axis null, or a batch of scalars [B]`,
    );
  }
  return normalizeAxis(axis, x.ndim, `${where} of shape ${formatShape(x.shape)}`);
}

function isList(axes: Exclude<AxisTree, number | null>): axes is readonly AxisTree[] {
  return Array.isArray(axes);
}

function sameKeys(axes: object, keys: readonly string[]): boolean {
  return Object.keys(axes).length === keys.length && keys.every((key) => Object.hasOwn(axes, key));
}

function leafCount(structure: Structure): number {
  return structure.kind === "leaf" ? 1 : structure.items.reduce((total, item) => total + leafCount(item), 0);
}
