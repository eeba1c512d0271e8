import type { View } from "../system/index.js";
import { axpy, dot, norm, scale } from "../vector/index.js";
import { ifSymmetric } from "./if-symmetric.js";
import { iterative, type Run } from "./iterative.js";
import type { Method } from "./method.js";
import { Progress } from "./progress.js";

/**
 * Minimal residuals, for symmetric A, definite or not: one product per iteration. The preconditioner must be symmetric
 * positive definite.
 *
 * Source: Paige & Saunders, "Solution of sparse indefinite systems of linear equations" (1975).
 */
export function minres(): Method {
  return {
    name: "minres",
    prepare: (system) =>
      ifSymmetric(system, "minres", () =>
        iterative(system, "minres", "minimal residuals", minimalResiduals, { symmetric: true }),
      ),
  };
}

/**
 * The Lanczos process A V = V T, with T brought to triangular form by rotations; x = V y is updated along with it.
 * Letters are those of the paper. With a preconditioner the residual is known in the norm of M only, so the iteration
 * aims at the same relative reduction and leaves the rest to the true residual.
 */
function minimalResiduals(view: View, b: Float64Array, target: number, limit: number): Run {
  const n = view.columns;
  const x = new Float64Array(n);
  const progress = new Progress(n);
  const full = norm(b);
  const memory = (): Float64Array => new Float64Array(n);
  const own = { z: memory(), v: memory(), y: [memory(), memory(), memory()] };
  let z = view.precondition(b, own.z);
  const start = Math.sqrt(dot(b, z));
  const end = (status: Run["status"], because: string): Run => progress.run(x, status, because);
  if (!(start > 0)) return end("breakdown", "the preconditioner is not positive definite");
  let [beta, betaBefore] = [start, 0];
  const v = scale(1 / beta, z, own.v);
  let [r1, r2] = [b, b];
  let [w, w1] = [memory(), memory()];
  let [c, s] = [-1, 0];
  let [phi, dbar, epsilon] = [start, 0, 0];
  let largest = 0;
  for (let k = 0; ; k++) {
    const stop = progress.stop((phi / start) * full, target, limit);
    if (stop !== undefined) return end(...stop);
    // Of the last three products two are still needed, so each takes the place of the fourth last.
    const y = view.multiply(v, own.y[k % 3]);
    if (k > 0) axpy(-beta / betaBefore, r1, y);
    const alpha = dot(v, y);
    axpy(-alpha / beta, r2, y);
    [r1, r2] = [r2, y];
    z = view.precondition(y, own.z);
    const squared = dot(y, z);
    if (squared < 0) return end("breakdown", "the preconditioner is not positive definite");
    betaBefore = beta;
    beta = Math.sqrt(squared);
    const epsilonBefore = epsilon;
    const delta = c * dbar + s * alpha;
    const gbar = s * dbar - c * alpha;
    epsilon = s * beta;
    dbar = -c * beta;
    const gamma = Math.hypot(gbar, beta);
    largest = Math.max(largest, gamma, Math.abs(alpha), betaBefore * Number(k > 0));
    if (gamma <= 1e-15 * largest) {
      return end("singular", "the Krylov space is exhausted and A is singular on it");
    }
    [c, s] = [gbar / gamma, beta / gamma];
    const step = c * phi;
    phi *= s;
    for (let i = 0; i < n; i++) w1[i] = (v[i]! - epsilonBefore * w1[i]! - delta * w[i]!) / gamma;
    [w1, w] = [w, w1];
    axpy(step, w, x);
    if (beta > 0) scale(1 / beta, z, v);
    else phi = 0;
  }
}
