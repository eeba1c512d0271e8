/** The slope of a function on one side of a point: a number, infinite, or undefined where the function is not finite. */
export type Slope = number | undefined;

/** Steps 2^-6, 2^-8, ..., 2^-22: exact in binary, and so large that rounding stays below 2^-30 in a quotient. */
const STEPS = Array.from({ length: 9 }, (_, k) => 2 ** -(6 + 2 * k));
/** A quotient with a limit changes by a multiple of the step; one that grows like h^(-1/2), or faster, doubles; h^(1/2) halves. */
const SETTLED = 2 ** -12;
const GROWTH = 1.8;

/**
 * The limits of the slopes of f near 0, from below and from above: what Clarke's subdifferential is the convex hull of.
 * They are found from values of f alone, two of them on the same side, so that a jump at 0 does not count as a slope:
 *
 *     above = lim (f(2h) - f(h)) / h      below = lim (f(-h) - f(-2h)) / h      h -> 0+
 */
export function oneSidedSlopes(f: (t: number) => number): { below: Slope; above: Slope } {
  return {
    below: limit(STEPS.map((h) => (f(-h) - f(-2 * h)) / h)),
    above: limit(STEPS.map((h) => (f(2 * h) - f(h)) / h)),
  };
}

function limit(quotients: readonly number[]): Slope {
  if (!quotients.every(Number.isFinite)) return undefined;
  const [third, second, last] = quotients.slice(-3) as [number, number, number];
  if (Math.abs(last - second) <= SETTLED * Math.max(1, Math.abs(last))) return settled(last);
  const grows = (from: number, to: number) => to / from > GROWTH;
  if (grows(third, second) && grows(second, last)) return last > 0 ? Infinity : -Infinity;
  if (grows(last, second) && grows(second, third)) return 0;
  throw new Error(`slopes ${quotients.join(", ")} have no limit`);
}

/** Without the traces of the last step and of rounding. */
function settled(slope: number): number {
  return Math.round(slope * 2 ** 16) / 2 ** 16;
}

/** Is a derivative in the convex hull of the slopes on both sides? With no slope at all, nothing is asked of it. */
export function inHull(derivative: number, slopes: readonly Slope[]): boolean {
  const known = slopes.filter((slope) => slope !== undefined);
  if (known.length === 0) return true;
  const low = Math.min(...known);
  const high = Math.max(...known);
  const margin = (slope: number) => (Number.isFinite(slope) ? 2 ** -10 * Math.max(1, Math.abs(slope)) : 0);
  return derivative >= low - margin(low) && derivative <= high + margin(high);
}
