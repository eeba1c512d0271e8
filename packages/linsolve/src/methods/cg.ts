import type { View } from "../system/index.js";
import { axpy, dot, norm, xpay } from "../vector/index.js";
import { iterative, type Run } from "./iterative.js";
import { ifSymmetric } from "./if-symmetric.js";
import type { Method } from "./method.js";
import { Progress } from "./progress.js";

/**
 * Conjugate gradients, for symmetric positive definite A: one product per iteration. The preconditioner must be
 * symmetric positive definite too.
 *
 * Source: Hestenes & Stiefel (1952); Golub & Van Loan, algorithm 11.5.1.
 */
export function cg(): Method {
  return {
    name: "cg",
    prepare: (system) =>
      ifSymmetric(system, "cg", () =>
        iterative(system, "cg", "conjugate gradients", conjugateGradients, { symmetric: true }),
      ),
  };
}

/** x += alpha p, r -= alpha A p, p = M r + beta p */
function conjugateGradients(view: View, b: Float64Array, target: number, limit: number): Run {
  const x = new Float64Array(view.columns);
  const r = b.slice();
  // All memory of the iteration. Without a preconditioner z is r itself.
  const own = { z: new Float64Array(view.columns), q: new Float64Array(view.columns) };
  let z = view.precondition(r, own.z);
  const p = z.slice();
  let rz = dot(r, z);
  const progress = new Progress(view.columns);
  const end = (status: Run["status"], because: string): Run => progress.run(x, status, because);
  for (;;) {
    const size = norm(r);
    const stop = progress.stop(size, target, limit);
    if (stop !== undefined) return end(...stop);
    if (!(rz > 0)) {
      return end(
        "breakdown",
        `the preconditioner is not positive definite: <r, M r> = ${rz.toExponential(2)}`,
      );
    }
    const q = view.multiply(p, own.q);
    const curvature = dot(p, q);
    if (curvature <= 0) {
      const relative = curvature / dot(p, p);
      return end(
        "breakdown",
        `A is not positive definite: <p, A p> / <p, p> = ${relative.toExponential(2)} for a direction p that was met`,
      );
    }
    const alpha = rz / curvature;
    axpy(alpha, p, x);
    axpy(-alpha, q, r);
    z = view.precondition(r, own.z);
    const next = dot(r, z);
    const beta = next / rz;
    xpay(z, beta, p);
    rz = next;
  }
}
