import {
  checkNumbers,
  formatShape,
  hostArray,
  isFloat,
  tensor,
  tracedOf,
  ValueError,
  type Tensor,
} from "@cotangent/core-tensor";
import { tree } from "@cotangent/autodiff";

/**
 * A starting point as plain tensors: its derivative is zero by contract.
 *
 * @throws TreeError when it is not a tree
 * @throws ValueError for NaN, infinity or integers
 */
export function startingPoint(x0: unknown, where: string): unknown {
  const flat = tree.flatten(x0, `${where}: x0`);
  return tree.unflatten(
    flat.structure,
    flat.leaves.map((leaf, i) => {
      const at = `${where}: x0, leaf ${String(i)} (shape ${formatShape(leaf.shape)})`;
      if (!isFloat(leaf.dtype)) {
        throw new ValueError(
          `${at} has dtype ${leaf.dtype}, which cannot be iterated on; use astype("float64")`,
        );
      }
      const bad = hostArray(leaf, where).find((value) => !Number.isFinite(value));
      if (bad !== undefined) throw new ValueError(`${at} contains ${String(bad)}; it must be finite`);
      return plain(leaf);
    }),
  );
}

/**
 * The parameters as tensors.
 *
 * @throws TreeError when theta is not a tree
 * @throws ValueError for NaN; infinities are allowed, as bounds have them
 */
export function parameters(theta: unknown, where: string): unknown {
  const flat = tree.flatten(theta, `${where}: theta`);
  flat.leaves.forEach((leaf, i) => {
    checkNumbers(leaf, `${where}: theta`, (numbers) => {
      if (!numbers.some((value) => Number.isNaN(value))) return;
      throw new ValueError(
        `${where}: theta, leaf ${String(i)} (shape ${formatShape(leaf.shape)}) contains NaN. ` +
          "Check the data for missing values",
      );
    });
  });
  return tree.unflatten(flat.structure, flat.leaves);
}

/** Refuses a missing function at the door: without its prox, a step would be one of another problem. */
export function checkFunction(value: unknown, where: string, name: string): void {
  if (typeof value === "function") return;
  throw new ValueError(`${where}: ${name} must be a function, got ${typeof value}`);
}

function plain(x: Tensor): Tensor {
  return tracedOf(x) === undefined ? x : tensor(x.toTypedArray(), { shape: x.shape });
}
