import { exp } from "../functions/index.js";
import { ValueError } from "../../errors/index.js";
import { lowerSeries, upperFraction } from "./incomplete-gamma.js";
import { normalQuantile } from "./normal-quantile.js";

/** Phi(-x) for x >= 0: half of the upper incomplete gamma function Q(1/2, x^2 / 2). */
function upperTail(x: number): number {
  const z = (x * x) / 2;
  if (z === 0) return 0.5;
  if (z === Infinity) return 0;
  const factor = (Math.sqrt(z) * exp(-z)) / Math.sqrt(Math.PI);
  return z < 1.5 ? 0.5 - factor * lowerSeries(0.5, z).value : (factor * upperFraction(0.5, z).value) / 2;
}

/** Phi(x), accurate in the lower tail. */
const normalCdf = (x: number): number => (x > 0 ? 1 - upperTail(x) : upperTail(-x));

/**
 * For the standard normal distribution cut off at `lower` and `upper`: the function from w to the point below which its
 * share is w, Phi(x) = Phi(lower) + w (Phi(upper) - Phi(lower)), worked out in whichever tail is smaller.
 *
 * @throws ValueError for an empty interval, or one so far out that its probability is 0 in float64 (beyond about 38)
 */
export function truncatedNormalOn(lower: number, upper: number): (w: number) => number {
  if (!(lower < upper)) {
    throw new ValueError(`truncatedNormal: needs lower < upper, got ${String(lower)} and ${String(upper)}`);
  }
  const [below, above] = [normalCdf(lower), normalCdf(-upper)];
  const mass = lower > 0 ? normalCdf(-lower) - above : normalCdf(upper) - below;
  if (!(mass > 0)) {
    throw new ValueError(
      `truncatedNormal: the interval from ${String(lower)} to ${String(upper)} has probability 0 in float64`,
    );
  }
  return (w) => {
    const x = normalQuantile(below + w * mass, above + (1 - w) * mass);
    return Math.min(Math.max(x, lower), upper);
  };
}
