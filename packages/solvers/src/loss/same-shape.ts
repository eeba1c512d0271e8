import { formatShape, sameShape, ShapeError, type Tensor } from "@cotangent/core-tensor";

/**
 * Refuses two shapes that differ, unless one is a scalar: [n] with [n, 1] would silently broadcast to [n, n].
 *
 * @throws ShapeError naming both
 */
export function checkSameShape(a: Tensor, b: Tensor, where: string, names: readonly [string, string]): void {
  if (a.ndim === 0 || b.ndim === 0 || sameShape(a.shape, b.shape)) return;
  throw new ShapeError(
    `${where}: ${names[0]} of shape ${formatShape(a.shape)} and ${names[1]} of shape ${formatShape(b.shape)} must have ` +
      "one shape, or one of them be a scalar",
  );
}
