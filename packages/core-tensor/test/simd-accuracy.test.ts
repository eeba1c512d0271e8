import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { mapParts } from "../src/host/simd/functions.js";
import type { SimdFunction } from "../src/simd/index.js";
import { cases } from "./accuracy/cases.js";
import { ulpsFrom } from "./accuracy/measure.js";
import { exact } from "./accuracy/reference.js";

const tiny = 5e-324;
const smallest = 2 ** -1022;
const huge = Number.MAX_VALUE;

/** What C gives where there is nothing to round, or rounding has one answer. */
const specials: Readonly<Record<SimdFunction, readonly (readonly [x: number, y: number])[]>> = {
  exp: [
    [0, 1],
    [-0, 1],
    [tiny, 1],
    [-tiny, 1],
    [Infinity, Infinity],
    [-Infinity, 0],
    [huge, Infinity],
    [-huge, 0],
    [-745.2, 0],
    [-745, tiny],
    [710, Infinity],
  ],
  log: [
    [0, -Infinity],
    [-0, -Infinity],
    [1, 0],
    [Infinity, Infinity],
    [-Infinity, NaN],
    [-tiny, NaN],
    [-1, NaN],
    [tiny, -744.4400719213812],
    [smallest, -708.3964185322641],
  ],
  sqrt: [
    [0, 0],
    [-0, -0],
    [Infinity, Infinity],
    [-Infinity, NaN],
    [-tiny, NaN],
    [2 ** -1074, 2 ** -537],
    [4 * smallest, 2 ** -510],
  ],
  sin: [
    [0, 0],
    [-0, -0],
    [Infinity, NaN],
    [-Infinity, NaN],
    [tiny, tiny],
    [-smallest, -smallest],
  ],
  cos: [
    [0, 1],
    [-0, 1],
    [Infinity, NaN],
    [-Infinity, NaN],
    [tiny, 1],
    [-smallest, 1],
  ],
  tanh: [
    [0, 0],
    [-0, -0],
    [Infinity, 1],
    [-Infinity, -1],
    [huge, 1],
    [-huge, -1],
    [tiny, tiny],
    [-smallest, -smallest],
  ],
  sigmoid: [
    [0, 0.5],
    [-0, 0.5],
    [Infinity, 1],
    [-Infinity, 0],
    [huge, 1],
    [-huge, 0],
    [tiny, 0.5],
    [-745, tiny],
  ],
  softplus: [
    [Infinity, Infinity],
    [-Infinity, 0],
    [huge, huge],
    [-huge, 0],
    [0, Math.LN2],
    [-0, Math.LN2],
    [tiny, Math.LN2],
    [-745, tiny],
  ],
  erf: [
    [0, 0],
    [-0, -0],
    [Infinity, 1],
    [-Infinity, -1],
    [huge, 1],
    [-huge, -1],
    [tiny, tiny],
    [-7, -1],
  ],
};

/** Every double is as likely as every other: all sizes, subnormal ones and infinities too. */
const anyDouble = fc
  .tuple(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 0, max: 2 ** 32 - 1 }))
  .map((words) => new Float64Array(Uint32Array.from(words).buffer)[0]!);

const arbNumber = fc.oneof(
  anyDouble,
  fc.double({ min: -smallest, max: smallest }),
  fc.double({ min: -750, max: 750 }),
  fc.double({ min: -20, max: 20 }),
  fc.double({ min: -1, max: 1 }),
  // Angles next to multiples of pi / 2, where the result is small, up to the largest.
  fc
    .tuple(fc.integer({ min: -(10 ** 6), max: 10 ** 6 }), fc.nat(1000))
    .map(([k, power]) => (k * Math.PI) / 2 + 2 ** -power),
);

function inSimd(name: SimdFunction, x: Float64Array): Float64Array {
  const out = new Float64Array(x.length);
  expect(mapParts(name, x, out)).toBe(true);
  return out;
}

describe.each(Object.keys(specials) as SimdFunction[])("%s in WebAssembly", (name) => {
  const table = specials[name];

  test("where there is nothing to round", () => {
    const points = [...table, [NaN, NaN] as const];
    const found = inSimd(
      name,
      Float64Array.from(points, ([x]) => x),
    );
    expect(Array.from(found, (y, i) => [points[i]![0], y])).toEqual(points);
  });
  test("within 2 ulp everywhere", () => {
    const { exact: right } = cases[name]!;
    fc.assert(
      fc.property(fc.array(arbNumber, { minLength: 8, maxLength: 8 }), (numbers) => {
        const x = Float64Array.from(numbers.filter(Number.isFinite));
        inSimd(name, x).forEach((got, i) => {
          const error = ulpsFrom(got, right([exact(x[i]!)], got));
          expect({ x: x[i], got, error, within: error <= 2 }).toMatchObject({ within: true });
        });
      }),
      { numRuns: process.env["COTANGENT_DEEP"] === "1" ? 300 : 8 },
    );
  });
});
