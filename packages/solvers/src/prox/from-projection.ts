import type { Like } from "@cotangent/core-tensor";

/**
 * The proximal operator of the indicator function of a set is the projection onto it, whatever the scaling:
 *
 *     argmin_y 1/2 ‖y - x‖²   over y in C(hyper)
 *
 * @param projection - (x, hyper) -> the nearest point of the set
 * @returns (x, hyper, scaling) -> the same; the scaling is ignored
 * @example
 * ```ts
 * const onSimplex = prox.fromProjection(projection.simplex);
 * onSimplex(tensor([1, 1]), 4, 0.1); // => [2, 2]
 * ```
 * Source: Parikh and Boyd, Proximal Algorithms (2014), section 1.2.
 */
export function fromProjection<X, H, R>(
  projection: (x: X, hyper: H) => R,
): (x: X, hyper: H, scaling?: Like) => R {
  return (x, hyper) => projection(x, hyper);
}
