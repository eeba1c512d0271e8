import { tensor } from "@cotangent/core-tensor";
import type { Decimal } from "decimal.js";
import type { Case } from "./cases.js";
import { generator } from "./points.js";
import { D, exact } from "./reference.js";

export interface Measurement {
  readonly error: number;
  readonly at: readonly number[];
  readonly got: number;
}

/** The distance between neighbouring doubles at x */
function ulpOf(x: Decimal): Decimal {
  const size = Math.min(Math.abs(x.toNumber()), Number.MAX_VALUE);
  let exponent = Math.floor(Math.log2(size));
  if (2 ** exponent > size) exponent--;
  return new D(2).pow(Math.max(exponent - 52, -1074));
}

/** The largest error over `count` points of each kind. A result that is not finite where it should be, or not a number, is infinitely wrong. */
export function worst(name: string, { f, exact: right, points }: Case, count: number): Measurement {
  const random = generator(Array.from(name).reduce((sum, letter) => 31 * sum + letter.charCodeAt(0), 7));
  let found: Measurement = { error: 0, at: [], got: 0 };
  for (const samplers of points) {
    const columns = samplers.map((sampler) => Float64Array.from({ length: count }, () => sampler(random)));
    const results = f(...columns.map((column) => tensor(column))).toTypedArray();
    results.forEach((got, i) => {
      const at = columns.map((column) => column[i]!);
      const want = right(at.map(exact), got);
      // Poles, and points outside of the domain
      if (!want.isFinite()) return;
      const rounded = want.toNumber();
      const same = Object.is(got, rounded) || got === rounded;
      const error = same
        ? 0
        : Number.isFinite(got)
          ? exact(got).minus(want).abs().div(ulpOf(want)).toNumber()
          : Infinity;
      if (!(error <= found.error)) found = { error, at, got };
    });
  }
  return found;
}
