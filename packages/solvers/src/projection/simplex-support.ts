import {
  add,
  arange,
  astype,
  cumsum,
  div,
  less,
  lessEqual,
  logicalAnd,
  logicalNot,
  max,
  maximum,
  neg,
  relu,
  sort,
  stopGradient,
  sub,
  sum,
  where,
  type Tensor,
} from "@cotangent/core-tensor";

/*
 * The projection of x onto {p >= 0, Σ p = s} is p = max(x - τ, 0), where the threshold τ solves Σ max(x - τ, 0) = s.
 * On the support S = {i : x_i > τ} it is affine, τ = (Σ_S x - s) / |S|, and S is constant near x almost everywhere. So
 * S is found without derivatives, and the rest is plain arithmetic that differentiates to any order.
 */

/**
 * Shifts vectors so that their largest element is 0, which changes neither p nor its derivatives and saves digits:
 * what is far below the largest element relative to s is never in the support.
 */
export function fromPeak(x: Tensor): Tensor {
  return sub(x, stopGradient(max(x, { axis: -1, keepDims: true })));
}

/**
 * Which elements of z = fromPeak(x) are not in the support, as bool; false for NaN.
 *
 * With z sorted in descending order, τ is the largest of the numbers (z_1 + ... + z_k - s) / k.
 * Source: Held, Wolfe and Crowder (1974); Condat, Fast projection onto the simplex and the l1 ball (2016), algorithm 1.
 */
export function outsideSupport(z: Tensor, s: Tensor): Tensor {
  const [fixed, total] = [stopGradient(z), stopGradient(s)];
  // A sum that overflows makes its mean -inf, which is never the largest.
  const descending = neg(sort(neg(fixed), { axis: -1 }));
  const counts = arange(1, z.shape[z.ndim - 1]! + 1, 1, { dtype: z.dtype });
  const means = div(sub(cumsum(descending, { axis: -1 }), total), counts);
  const threshold = max(means, { axis: -1, keepDims: true });
  // The largest element always is in the support, also for s = 0 where τ is equal to it.
  return logicalAnd(lessEqual(fixed, threshold), less(fixed, 0));
}

/** z - τ on the support, 0 outside of it. */
export function fillSupport(z: Tensor, s: Tensor, outside: Tensor): Tensor {
  const kept = { axis: -1, keepDims: true };
  const count = maximum(sum(astype(logicalNot(outside), z.dtype), kept), 1);
  const threshold = div(sub(sum(where(outside, 0, z), kept), s), count);
  const p = where(outside, 0, sub(z, threshold));
  // Rounding may leave an element of the support below 0. The set is met exactly, the derivative stays that of S.
  return add(p, stopGradient(sub(relu(p), p)));
}
