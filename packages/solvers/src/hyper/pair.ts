import { ValueError } from "@cotangent/core-tensor";

/**
 * The two entries of an argument that is a pair.
 *
 * @throws ValueError for anything but an array of two
 */
export function pair(value: unknown, where: string, meaning: string): readonly [unknown, unknown] {
  if (Array.isArray(value) && value.length === 2) return [value[0], value[1]];
  const found = Array.isArray(value) ? `an array of ${value.length}` : `a value of type ${typeof value}`;
  throw new ValueError(`${where}: expected the pair ${meaning}, got ${found}`);
}
