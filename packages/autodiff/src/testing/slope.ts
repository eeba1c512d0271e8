import { scalesOf } from "./directions.js";
import { DerivativeError } from "./derivative-error.js";
import type { Expansion } from "./expansion.js";
import { paste } from "./paste.js";
import { numbersOf, roundTo, tensorsOf, type Problem } from "./problem.js";

/** An entry whose remainder does not fall fast enough. */
export interface SlopeFailure {
  readonly entry: number;
  /** Steps h along the direction: scaled as x is, and so that its largest scale is one. */
  readonly steps: readonly number[];
  readonly direction: Float64Array;
  readonly missed: readonly number[];
  /** The derivative along the direction, and what f itself says that it is. */
  readonly derivative: number;
  readonly quotient: number;
}

const STEPS = 4;
const RATIO = 4;
/** Nearby steps, in 1/128 of a step: so near that a smooth remainder bends by less than 1/64, and unevenly spaced. */
const NEARBY = [0, 1, 1.72, 2.89, 3.61];
/** Rounding errors of a handful of evaluations differ by less than this factor. */
const SPREAD = 64;

/**
 * Does the remainder of a Taylor expansion of order p fall as h^(p+1) along v? Undefined if so.
 *
 * With the right derivatives missed(h) / h^p falls linearly in h; with wrong ones it tends to a constant. Over four
 * steps, each 4 times smaller, it must fall by the geometric mean of the two, 8 times, below its largest value. This
 * needs no scale of f. Two things limit it, and both are measured instead of assumed:
 *
 * - rounding: it is what the remainder at steps of a few ulps consists of, and what makes it jump between neighbouring
 *   steps; a last remainder of that size is accepted;
 * - curvature: where f is not yet a polynomial at the first steps, smaller ones are tried.
 *
 * The steps are relative to the size of x, and start at eps^(1/4) (p = 1) or eps^(1/8) (p = 2), where the remainder of
 * a smooth function of unit scale stays thousands of times above rounding at the last step.
 *
 * @throws DerivativeError when f is not finite however small the step
 */
export function slopeFailure(
  problem: Problem,
  expansion: Expansion,
  v: Float64Array,
  order: 1 | 2,
): SlopeFailure | undefined {
  const at = stepper(problem, expansion, v);
  const first = problem.epsilon ** (1 / (4 * order));
  let failure: SlopeFailure | undefined;
  for (const shrink of [1, 2 ** -6, 2 ** -12]) {
    const steps = Array.from({ length: STEPS }, (_, k) => (first * shrink) / RATIO ** k);
    const found = steps.map(at).filter((remainder) => remainder !== undefined);
    if (found.length < STEPS) continue;
    const last = found[STEPS - 1]!;
    // Rounding hides more of the derivative at smaller steps: it is an excuse at the first steps only.
    const noise = failure === undefined ? roundingNoise(problem, at, steps[STEPS - 1]!) : undefined;
    const wrong = [...last.missed.keys()].find((i) => {
      const missed = found.map((remainder) => Math.abs(remainder.missed[i]!));
      const rounding =
        noise === undefined ? 0 : SPREAD * Math.max(noise[i]!, problem.epsilon * last.size[i]!);
      return !(missed[STEPS - 1]! <= rounding) && !falls(steps, missed, order);
    });
    if (wrong === undefined) return undefined;
    const remainders = found.map(({ missed }) => missed[wrong]!);
    failure ??= describe(problem, expansion, v, order, wrong, steps, remainders);
  }
  if (failure === undefined) {
    throw nowhereFinite(problem);
  }
  return failure;
}

/** f(x + h v) = ... + h^p / p! (the derivative of order p) + what is missed, so that this over h^p / p! is its error. */
function describe(
  { xs }: Problem,
  expansion: Expansion,
  v: Float64Array,
  order: 1 | 2,
  entry: number,
  relative: readonly number[],
  missed: readonly number[],
): SlopeFailure {
  const scales = scalesOf(xs);
  const unit = scales.reduce((m, scale, i) => (v[i] === 0 ? m : Math.max(m, scale)), 0);
  const direction = v.map((value, i) => (value * scales[i]!) / unit);
  const steps = relative.map((h) => h * unit);
  const derivative = expansion.along(direction)[entry]!;
  const quotient = derivative + (order * missed[STEPS - 1]!) / steps[STEPS - 1]! ** order;
  return { entry, steps, direction, missed, derivative, quotient };
}

function falls(steps: readonly number[], missed: readonly number[], order: number): boolean {
  const quotients = missed.map((value, k) => value / steps[k]! ** order);
  const fall = Math.sqrt(steps[0]! / steps[STEPS - 1]!);
  return quotients[STEPS - 1]! * fall <= Math.max(...quotients);
}

/** h -> the remainder at x + h scale v, for the step that is really taken after rounding. */
function stepper({ xs, f }: Problem, expansion: Expansion, v: Float64Array) {
  const x = numbersOf(xs);
  const scales = scalesOf(xs);
  return (h: number) => {
    const moved = roundTo(
      x.map((value, i) => value + h * scales[i]! * v[i]!),
      xs,
    );
    const values = numbersOf(f(tensorsOf(moved, xs)));
    if (!values.every(Number.isFinite)) return undefined;
    const d = moved.map((value, i) => value - x[i]!);
    return expansion.remainder(d, values);
  };
}

/**
 * How much of the remainder at step h is rounding: what it is at steps of a few ulps, where truncation is far below; and
 * what it misses of straight lines through nearby steps, which for a smooth function is almost nothing (the idea of
 * More & Wild, "Estimating computational noise", 2011).
 */
function roundingNoise(problem: Problem, at: ReturnType<typeof stepper>, h: number): Float64Array {
  const tiny = [4, -7, 13, -22].map((ulps) => at(ulps * problem.epsilon)?.missed);
  const nearby = NEARBY.map((offset) => at(h * (1 + offset / 128))?.missed);
  const bends = nearby.slice(2).map((c, k) => {
    const [a, b] = [nearby[k], nearby[k + 1]];
    if (a === undefined || b === undefined) return undefined;
    const ratio = (NEARBY[k + 2]! - NEARBY[k]!) / (NEARBY[k + 1]! - NEARBY[k]!);
    return c?.map((value, i) => value - a[i]! - ratio * (b[i]! - a[i]!));
  });
  const samples = [...tiny, ...bends].filter((sample) => sample !== undefined);
  if (samples.length === 0) {
    throw nowhereFinite(problem);
  }
  return samples[0]!.map((_, i) => Math.max(...samples.map((sample) => Math.abs(sample[i]!))));
}

function nowhereFinite({ point }: Problem): DerivativeError {
  return new DerivativeError(
    `checkDerivatives: the function is not finite near this point, x = ${paste(point)}: move it into the domain`,
  );
}
