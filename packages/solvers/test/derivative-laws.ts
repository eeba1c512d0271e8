import fc from "fast-check";
import { expect } from "@jest/globals";
import { add, concatenate, mul, ravel, sub, tensor, type Like, type Tensor } from "@cotangent/core-tensor";
import { grad, jvp, vjp } from "@cotangent/autodiff";

/** A function of several tensors. */
export type Map = (...xs: Tensor[]) => Tensor;

/** What tells one smooth piece of a function from another, at given arguments. */
export type Piece = (...xs: Tensor[]) => string;

/** Each a quarter of the one before. */
const STEPS = [2 ** -10, 2 ** -12, 2 ** -14, 2 ** -16];
const EPSILON = 2 ** -52;

/** How many draws a law of derivatives gets: each draw checks three laws. */
export const DRAWS = { numRuns: 40 };

/** Thousandths, so that ties and kinks are met often. */
const arbNumber = (limit = 3): fc.Arbitrary<number> =>
  fc.integer({ min: -1000 * limit, max: 1000 * limit }).map((k) => k / 1000);

/** A vector of the given length. */
export const arbVector = (length: number, limit = 3): fc.Arbitrary<Tensor> =>
  fc.array(arbNumber(limit), { minLength: length, maxLength: length }).map((values) => tensor(values));

/** Numbers in (0, limit]. */
export const arbPositive = (limit = 3): fc.Arbitrary<number> =>
  fc.integer({ min: 1, max: 1000 * limit }).map((k) => k / 1000);

/** A direction for every argument, and a cotangent, from one seed. */
function directions(seed: number, shapes: readonly Tensor[]): Tensor[] {
  let state = seed >>> 0;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
  return shapes.map((x) => tensor(Array.from({ length: x.size }, next)).reshape(x.shape));
}

const size = (x: Tensor): number => x.norm().item();
const all = (xs: readonly Tensor[]): Tensor => concatenate(xs.map((x) => ravel(x)));
const moved = (xs: readonly Tensor[], h: number, vs: readonly Tensor[]): Tensor[] =>
  xs.map((x, i) => add(x, mul(h, vs[i]!)));

/**
 * The error of f(x + h v) - f(x) - h J v falls as h², up to rounding. Its constant is taken from two step sizes, of which
 * at most one can meet a zero of the error; a wrong J would exceed the bound at the smallest step by a factor of 4.
 */
function expectTaylor(f: Map, xs: Tensor[], vs: Tensor[]): void {
  const { value, tangent } = jvp(f, xs, vs);
  const scale = 1 + size(value) + size(tangent) + size(all(xs));
  const errors = STEPS.map((h) => size(sub(sub(f(...moved(xs, h, vs)), value), mul(h, tangent))));
  const constant = Math.max(errors[0]! / STEPS[0]! ** 2, errors[1]! / STEPS[1]! ** 2);
  errors.forEach((error, k) => {
    expect(error).toBeLessThanOrEqual(4 * constant * STEPS[k]! ** 2 + 64 * EPSILON * scale);
  });
}

/** <u, J v> = <Jᵀ u, v> */
function expectAdjoint(f: Map, xs: Tensor[], vs: Tensor[], u: Tensor): void {
  const forward = jvp(f, xs, vs).tangent;
  const backward = vjp(f, ...xs).pullback(u);
  const left = forward.vdot(u).item();
  const right = all(backward).vdot(all(vs)).item();
  const scale = (1 + size(forward)) * size(u) + (1 + size(all(backward))) * size(all(vs));
  expect(Math.abs(left - right)).toBeLessThanOrEqual(64 * EPSILON * scale);
}

/**
 * f has the right derivative at x in every argument, forwards, backwards and (as the gradient of <u, f>) to second
 * order. Draws in which x and x + h v lie on different smooth pieces are left out.
 */
export function expectDerivatives(f: Map, xs: Tensor[], seed: number, piece?: Piece): void {
  const vs = directions(seed, xs);
  if (piece !== undefined) {
    const here = piece(...xs);
    for (const h of STEPS) fc.pre(piece(...moved(xs, h, vs)) === here);
  }
  const [u] = directions(seed + 1, [f(...xs)]) as [Tensor];
  expectTaylor(f, xs, vs);
  expectAdjoint(f, xs, vs, u);
  const argnums = xs.map((_, i) => i);
  const gradient: Map = (...ys) => all(grad((...zs: Tensor[]) => f(...zs).vdot(u), { argnums })(...ys));
  expectTaylor(gradient, xs, vs);
  // The Hessian of <u, f> is symmetric.
  const ws = directions(seed + 2, xs);
  const [hv, hw] = [jvp(gradient, xs, vs).tangent, jvp(gradient, xs, ws).tangent];
  // Its entries may cancel to 0, but not the rounding errors on the way: these are of the size of the gradient.
  const scale = (1 + size(gradient(...xs)) + size(hv) + size(hw)) * size(all(vs)) * size(all(ws));
  expect(
    Math.abs(
      hv
        .vdot(all(ws))
        .sub(hw.vdot(all(vs)))
        .item(),
    ),
  ).toBeLessThanOrEqual(256 * EPSILON * scale);
}

/** Elementwise closeness, relative to the largest element. */
export function expectNear(got: Tensor, want: Like, tolerance: number): void {
  const expected = tensor(want);
  expect(got.shape).toEqual(expected.shape);
  const largest = expected.abs().max().item();
  expect(got.sub(expected).abs().max().item()).toBeLessThanOrEqual(tolerance * (largest || 1));
}

/** Elementwise closeness, absolute: for values that come of a cancellation. */
export function expectWithin(got: Tensor, want: Like, bound: number): void {
  const expected = tensor(want);
  expect(got.shape).toEqual(expected.shape);
  expect(got.sub(expected).abs().max().item()).toBeLessThanOrEqual(bound);
}
