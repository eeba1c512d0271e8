import type { View } from "../system/index.js";
import { axpy, dot, norm, scale, xpay } from "../vector/index.js";
import { inversePower } from "./equilibrate.js";
import { iterative, type Run } from "./iterative.js";
import type { Method } from "./method.js";
import { Progress } from "./progress.js";

/**
 * Conjugate gradients on A^T A x = A^T b, without forming A^T A (CGLS): for any A of full column rank, least squares
 * included; two products per iteration, and the condition number counts squared. A preconditioner M close to A^-1 (square
 * A only) is used as M M^T.
 *
 * Source: Björck, "Numerical Methods for Least Squares Problems" (1996), algorithm 7.4.1.
 */
export function normalCg(): Method {
  return {
    name: "normalCg",
    prepare: (system) =>
      iterative(system, "normalCg", "conjugate gradients on the normal equations", leastSquares),
  };
}

/** Below this, relative to the largest one met, ||A^T r|| / ||r|| is rounding. */
const NOTHING = 1e-14;

function leastSquares(view: View, b: Float64Array, target: number, limit: number): Run {
  // A is brought to about norm 1 by a power of two, for its square must neither overflow nor underflow.
  const unit = inversePower(norm(view.multiplyTransposed(b)) / norm(b));
  const x = new Float64Array(view.columns);
  const r = b.slice();
  const [s, q] = [new Float64Array(view.columns), new Float64Array(view.rows)];
  scale(unit, view.multiplyTransposed(r, s), s);
  let z = view.preconditionNormal(s, unit);
  const p = z.slice();
  let gamma = dot(s, z);
  const progress = new Progress(view.columns);
  let largest = 0;
  for (;;) {
    const size = view.leastSquares ? norm(s) / unit : norm(r);
    const stop = progress.stop(size, target, limit);
    if (stop !== undefined) return progress.run(x, ...stop);
    scale(unit, view.multiply(p, q), q);
    const length = norm(q);
    const reached = norm(s) / norm(r);
    largest = Math.max(largest, reached);
    // With a residual left, A^T r = 0 or A p = 0: b has a part that A does not reach.
    const exhausted = !view.leastSquares && reached <= NOTHING * largest;
    if (exhausted || !(gamma > 0) || length === 0) {
      return progress.run(x, "singular", "A^T r = 0 for a residual r that is not zero: A is singular");
    }
    const alpha = gamma / length / length;
    axpy(alpha * unit, p, x);
    axpy(-alpha, q, r);
    scale(unit, view.multiplyTransposed(r, s), s);
    z = view.preconditionNormal(s, unit);
    const next = dot(s, z);
    const beta = next / gamma;
    xpay(z, beta, p);
    gamma = next;
  }
}
