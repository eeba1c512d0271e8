import { DTypeError } from "@cotangent/core-tensor";
import { flatten, type Flat } from "../tree/index.js";
import { pathOf } from "../tree/paths.js";
import { flattenLike } from "../tree/operations.js";

/**
 * A carry that must look like the one before it.
 *
 * @throws TreeError where structure or shape differ, DTypeError where a dtype does
 */
export function sameCarry(before: Flat, carry: unknown, where: string): Flat {
  const leaves = flattenLike(before, carry, where);
  leaves.forEach((x, i) => {
    const { dtype } = before.leaves[i]!;
    if (x.dtype !== dtype) {
      throw new DTypeError(
        `${where}${pathOf(before.structure, i)}: should have dtype ${dtype}, as before, but has ${x.dtype}. Convert one of ` +
          "them with astype",
      );
    }
  });
  return { leaves, structure: flatten(carry, where).structure };
}
