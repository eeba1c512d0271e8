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

/**
 * How far a result is from the exact value, in ulp. A result that is not finite where it should be, or not a number, is
 * infinitely wrong; where there is no value (poles, points outside of the domain) nothing is.
 */
export function ulpsFrom(got: number, want: Decimal): number {
  if (!want.isFinite() || got === want.toNumber()) return 0;
  return Number.isFinite(got) ? exact(got).minus(want).abs().div(ulpOf(want)).toNumber() : Infinity;
}

/** The largest error over `count` points of each kind. */
export function worst(name: string, { f, exact: right, points }: Case, count: number): Measurement {
  const random = generator(Array.from(name).reduce((sum, letter) => 31 * sum + letter.charCodeAt(0), 7));
  let found: Measurement = { error: 0, at: [], got: 0 };
  for (const samplers of points) {
    const columns = samplers.map((sampler) => Float64Array.from({ length: count }, () => sampler(random)));
    const results = f(...columns.map((column) => tensor(column))).toTypedArray();
    results.forEach((got, i) => {
      const at = columns.map((column) => column[i]!);
      const error = ulpsFrom(got, right(at.map(exact), got));
      if (!(error <= found.error)) found = { error, at, got };
    });
  }
  return found;
}
