import { ValueError } from "@cotangent/core-tensor";
import type { View } from "../system/index.js";
import { axpy, dot, norm, scale } from "../vector/index.js";
import { iterative, type Run } from "./iterative.js";
import type { Method } from "./method.js";
import { Progress, type Stop } from "./progress.js";

/** Options of `gmres`. */
export interface GmresOptions {
  /** Iterations between restarts; memory grows with it. @defaultValue 50 */
  readonly restart?: number;
}

/**
 * Generalised minimal residuals with restarts, for any square A: one product per iteration. Preconditioned from the
 * right, so that its residual is the true one. A basis vector is orthogonalised twice where that matters.
 *
 * Source: Saad & Schultz (1986); Saad, "Iterative Methods for Sparse Linear Systems" (2003), algorithm 9.5.
 */
export function gmres({ restart = 50 }: GmresOptions = {}): Method {
  if (!Number.isInteger(restart) || restart < 1) {
    throw new ValueError(`gmres: restart must be a whole number from 1, got ${restart}`);
  }
  const why = `generalised minimal residuals, restarted every ${restart} iterations`;
  return {
    name: "gmres",
    prepare: (system) =>
      iterative(system, "gmres", why, (view, b, target, limit) =>
        minimalResiduals(view, b, target, limit, restart),
      ),
  };
}

function minimalResiduals(view: View, b: Float64Array, target: number, limit: number, restart: number): Run {
  const x = new Float64Array(view.columns);
  const progress = new Progress(view.columns);
  const memory = memoryOf(view);
  let r = b;
  let before = Infinity;
  for (;;) {
    const size = norm(r);
    // A cycle that gains nothing will be followed by equal ones.
    if (size > 0.999 * before) {
      return progress.run(x, "stagnated", `a cycle of ${restart} iterations does not reduce the residual`);
    }
    before = size;
    const stop = cycle(view, memory, x, r, target, limit, restart, progress);
    if (stop !== undefined) return progress.run(x, ...stop);
    view.multiply(x, memory.r);
    for (let i = 0; i < b.length; i++) memory.r[i] = b[i]! - memory.r[i]!;
    r = memory.r;
  }
}

/** The vectors of all cycles. */
interface Memory {
  readonly r: Float64Array;
  readonly z: Float64Array;
  readonly w: Float64Array;
  /** Basis vectors, as many as were needed so far. */
  readonly basis: Float64Array[];
}

function memoryOf({ columns }: View): Memory {
  const vector = (): Float64Array => new Float64Array(columns);
  return { r: vector(), z: vector(), w: vector(), basis: [] };
}

/** One cycle of the Arnoldi process; adds its correction to x. */
function cycle(
  view: View,
  memory: Memory,
  x: Float64Array,
  r: Float64Array,
  target: number,
  limit: number,
  restart: number,
  progress: Progress,
): Stop | undefined {
  const start = norm(r);
  const basis: Float64Array[] = [];
  const extend = (a: number, v: Float64Array): void => {
    basis.push((memory.basis[basis.length] = scale(a, v, memory.basis[basis.length])));
  };
  extend(1 / start, r);
  const triangle: number[][] = [];
  const rotations: [c: number, s: number][] = [];
  const rhs: number[] = [start];
  let stop = progress.stop(start, target, limit);
  for (let k = 0; k < restart && stop === undefined; k++) {
    const w = view.multiply(view.precondition(basis[k]!, memory.z), memory.w);
    const before = norm(w);
    const column = orthogonalise(w, basis);
    const after = norm(w);
    rotations.forEach(([c, s], i) => {
      [column[i], column[i + 1]] = [c * column[i]! + s * column[i + 1]!, c * column[i + 1]! - s * column[i]!];
    });
    // What is left of w after orthogonalisation is rounding: the basis is complete.
    const complete = after <= 1e-15 * before;
    const [head, tail] = [column[k]!, complete ? 0 : after];
    const length = Math.hypot(head, tail);
    if (!Number.isFinite(length)) return ["nonFinite", "NaN or infinity in a product"];
    if (length <= 1e-15 * before || before === 0) {
      stop = ["singular", "the Krylov space is exhausted and A is singular on it"];
      break;
    }
    const [c, s] = [head / length, tail / length];
    rotations.push([c, s]);
    column[k] = length;
    triangle.push(column);
    rhs.push(-s * rhs[k]!);
    rhs[k]! *= c;
    const size = complete ? 0 : Math.abs(rhs[k + 1]!);
    if (k + 1 < restart || size <= target) stop = progress.stop(size, target, limit);
    if (!complete) extend(1 / after, w);
  }
  const y = backSubstitute(triangle, rhs);
  const update = memory.w.fill(0);
  y.forEach((value, k) => axpy(value, basis[k]!, update));
  axpy(1, view.precondition(update, memory.z), x);
  return stop;
}

/** Less than this part of w is left where rounding errors of what was taken away would count: then it is done again. */
const LITTLE = 0.1;

/**
 * w -= V V^T w, and once more if little of w is left (twice is enough: Kahan; Hoffmann, "Iterative Algorithms for
 * Gram-Schmidt Orthogonalization", 1989); returns V^T w with room for one more element.
 */
function orthogonalise(w: Float64Array, basis: readonly Float64Array[]): number[] {
  const column = new Array<number>(basis.length).fill(0);
  const enough = LITTLE * norm(w);
  for (let pass = 0; pass < 2; pass++) {
    basis.forEach((v, i) => {
      const h = dot(v, w);
      column[i]! += h;
      axpy(-h, v, w);
    });
    if (norm(w) > enough) break;
  }
  return column;
}

/** y with R y = g, R given by columns */
function backSubstitute(columns: readonly (readonly number[])[], g: readonly number[]): number[] {
  const y = g.slice(0, columns.length);
  for (let k = columns.length - 1; k >= 0; k--) {
    y[k]! /= columns[k]![k]!;
    for (let i = 0; i < k; i++) y[i]! -= columns[k]![i]! * y[k]!;
  }
  return y;
}
