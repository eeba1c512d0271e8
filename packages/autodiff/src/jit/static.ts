import { isTensor, ValueError } from "@cotangent/core-tensor";
import { isPlainObject } from "../tree/structure.js";

/** Positions of arguments. */
export type StaticArguments = number | readonly number[];

/** @throws ValueError for what is no position */
export function staticPositions(positions: StaticArguments = []): readonly number[] {
  const list = typeof positions === "number" ? [positions] : positions;
  for (const position of list) {
    if (!Number.isInteger(position) || position < 0) {
      throw new ValueError(`jit: static names positions of arguments, from 0, got ${String(position)}`);
    }
  }
  return list;
}

/** Arguments with those at static positions taken out (nothing stands in their place), and those. */
export function takeStatic(
  args: readonly unknown[],
  positions: readonly number[],
): { readonly traced: readonly unknown[]; readonly statics: readonly unknown[] } {
  if (positions.length === 0) return { traced: args, statics: [] };
  return {
    traced: args.map((arg, i) => (positions.includes(i) ? [] : arg)),
    statics: positions.map((position) => args[position]),
  };
}

/** The inverse of `takeStatic`. */
export function putStatic(
  traced: readonly unknown[],
  statics: readonly unknown[],
  positions: readonly number[],
): readonly unknown[] {
  const args = [...traced];
  positions.forEach((position, i) => (args[position] = statics[i]));
  return args;
}

/**
 * A static argument as it is now: arrays and plain objects, which are compared by what they hold, may hold something else
 * at the next call. What is inside of itself stays as it is there.
 */
export function snapshot(value: unknown, around: readonly unknown[] = []): unknown {
  if (around.includes(value)) return value;
  const copy = (item: unknown): unknown => snapshot(item, [...around, value]);
  if (Array.isArray(value)) return value.map(copy);
  if (isTensor(value) || !isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copy(item)]));
}

/** Same value? Arrays and plain objects are compared by what they hold, everything else as JavaScript's `Object.is` does. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    for (let i = 0; i < a.length; i++) if (!sameValue(a[i], b[i])) return false;
    return true;
  }
  if (isTensor(a) || !isPlainObject(a) || !isPlainObject(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  for (const key of keys) if (!Object.hasOwn(b, key) || !sameValue(a[key], b[key])) return false;
  return true;
}
