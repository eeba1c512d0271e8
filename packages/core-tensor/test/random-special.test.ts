import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { bindOne, primitives, tensor } from "@cotangent/core-tensor";
import { fusedMultiplyAdd } from "../src/host/random/lerp.js";
import { normalQuantile } from "../src/host/random/normal-quantile.js";

interface Fixture {
  gammaSlope: { a: number; x: number; slope: number }[];
  normalQuantile: { p: number; x: number }[];
  truncatedNormal: { w: number; lower: number; upper: number; x: number }[];
}
const fixture = JSON.parse(
  readFileSync(join(import.meta.dirname, "fixtures/random-special.json"), "utf8"),
) as Fixture;

test.each(fixture.gammaSlope)("the slope of a Gamma($a) sample at $x", ({ a, x, slope }) => {
  const got = bindOne(primitives.randomGammaSlope, [tensor(a), tensor(x)], {}).item();
  expect(Math.abs(got / slope - 1)).toBeLessThan(1e-12);
});

test("the slope of a Gamma sample goes on where the method for large a takes over", () => {
  const slope = (a: number, x: number) =>
    bindOne(primitives.randomGammaSlope, [tensor(a), tensor(x)], {}).item();
  for (const z of [-4, -1, 0, 0.5, 3]) {
    const [below, above] = [1e6, 1e6 + 2 ** -30].map((a) => slope(a, 1e6 + z * 1e3));
    expect(Math.abs(below! - above!)).toBeLessThan(1e-11);
    expect(slope(1e300, 1e300 + z * 1e150)).toBeCloseTo(1, 12);
  }
});

test.each(fixture.normalQuantile)("the normal quantile of $p", ({ p, x }) => {
  expect(Math.abs(normalQuantile(p, 1 - p) - x)).toBeLessThanOrEqual(4 * 2 ** -52 * Math.abs(x));
  expect(normalQuantile(1 - p, p) + normalQuantile(p, 1 - p)).toBe(0);
});

test.each(fixture.truncatedNormal)(
  "the point at $w of the normal distribution on [$lower, $upper]",
  (line) => {
    const open = (end: number) => (Math.abs(end) === 1e308 ? Math.sign(end) * Infinity : end);
    const inputs = [line.w, open(line.lower), open(line.upper)].map((x) => tensor(x));
    const got = bindOne(primitives.truncatedNormalQuantile, inputs, {}).item();
    expect(Math.abs(got - line.x)).toBeLessThanOrEqual(1e-14 * Math.max(1, Math.abs(line.x)));
  },
);

/** A float64 as an exact multiple of 2^-1100. */
function exact(x: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const exponent = (bits >> 52n) & 0x7ffn;
  const mantissa = (bits & 0xfffffffffffffn) | (exponent === 0n ? 0n : 1n << 52n);
  const size = mantissa << ((exponent === 0n ? 1n : exponent) - 1075n + 1100n);
  return x < 0 ? -size : size;
}

test("a multiply-add has one rounding: no other float64 is nearer", () => {
  const moderate = fc.double({ min: -4, max: 4, noNaN: true }).filter((x) => x === 0 || Math.abs(x) > 1e-60);
  const cancelling = fc
    .tuple(moderate, moderate, fc.integer({ min: -2, max: 2 }))
    .map(([a, b, k]): [number, number, number] => [a, b, -a * b * (1 + k * 2 ** -52)]);
  fc.assert(
    fc.property(fc.oneof(fc.tuple(moderate, moderate, moderate), cancelling), ([a, b, c]) => {
      const want = exact(a) * exact(b) + (exact(c) << 1100n);
      const distance = (x: number) => {
        const d = (exact(x) << 1100n) - want;
        return d < 0n ? -d : d;
      };
      const got = fusedMultiplyAdd(a, b, c);
      const view = new DataView(new ArrayBuffer(8));
      for (const step of [1n, -1n]) {
        view.setFloat64(0, got);
        const bits = view.getBigInt64(0);
        if (got === 0) continue;
        view.setBigInt64(0, bits + step);
        expect(distance(got) <= distance(view.getFloat64(0))).toBe(true);
      }
      if (got === 0) expect(want === 0n).toBe(true);
    }),
    { numRuns: 2000 },
  );
});
