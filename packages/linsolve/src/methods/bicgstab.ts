import type { View } from "../system/index.js";
import { axpy, dot, norm } from "../vector/index.js";
import { iterative, type Run } from "./iterative.js";
import type { Method } from "./method.js";
import { Progress } from "./progress.js";

/**
 * Stabilised bi-conjugate gradients, for any square A: two products per iteration and little memory, but it may break
 * down. Preconditioned from the right.
 *
 * Source: van der Vorst (1992); Saad (2003), algorithm 7.7.
 */
export function bicgstab(): Method {
  return {
    name: "bicgstab",
    prepare: (system) => iterative(system, "bicgstab", "stabilised bi-conjugate gradients", stabilised),
  };
}

/** Below this, relative to its factors, an inner product is rounding. */
const NOTHING = 1e-15;

function stabilised(view: View, b: Float64Array, target: number, limit: number): Run {
  const x = new Float64Array(view.columns);
  const r = b.slice();
  const shadow = b;
  const p = r.slice();
  const memory = (): Float64Array => new Float64Array(view.columns);
  const own = { q: memory(), v: memory(), z: memory(), t: memory() };
  let rho = dot(shadow, r);
  const progress = new Progress(view.columns);
  const broken = (what: string): Run => progress.run(x, "breakdown", `bicgstab broke down: ${what}`, true);
  for (;;) {
    const size = norm(r);
    const stop = progress.stop(size, target, limit);
    if (stop !== undefined) return progress.run(x, ...stop);
    if (Math.abs(rho) <= NOTHING * norm(shadow) * size)
      return broken("the residual is orthogonal to the first one");
    const q = view.precondition(p, own.q);
    const v = view.multiply(q, own.v);
    const along = dot(shadow, v);
    if (Math.abs(along) <= NOTHING * norm(shadow) * norm(v))
      return broken("A p is orthogonal to the first residual");
    const alpha = rho / along;
    axpy(alpha, q, x);
    axpy(-alpha, v, r);
    const z = view.precondition(r, own.z);
    const t = view.multiply(z, own.t);
    const length = norm(t);
    if (length === 0) {
      if (norm(r) <= target) continue;
      return broken("A r = 0 for the residual r");
    }
    const omega = dot(t, r) / length / length;
    const before = norm(r);
    axpy(omega, z, x);
    axpy(-omega, t, r);
    if (Math.abs(omega) * length <= NOTHING * before && norm(r) > target) {
      return broken("A r is orthogonal to the residual r");
    }
    const next = dot(shadow, r);
    const beta = (next / rho) * (alpha / omega);
    for (let i = 0; i < p.length; i++) p[i] = r[i]! + beta * (p[i]! - omega * v[i]!);
    rho = next;
  }
}
