import { sameShape, type Tensor } from "@cotangent/core-tensor";

/** ‖got - want‖ / ‖want‖ (absolute where want is zero); Infinity for another shape. */
export function relativeError(got: Tensor, want: Tensor): number {
  if (!sameShape(got.shape, want.shape)) return Infinity;
  const size = want.ravel().norm().item();
  return got.sub(want).ravel().norm().item() / (size === 0 ? 1 : size);
}
