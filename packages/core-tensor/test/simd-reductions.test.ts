import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { execute } from "../src/host/execute.js";
import { reduceInMemory, simdReduce } from "../src/host/simd/reduction.js";
import { maxKernel, minKernel, reduceConstants, sumKernel } from "../src/kernels/reduce.js";
import type { Floats } from "../src/host/simd/matrix.js";
import { expectSameBits } from "./expect-same-bits.js";

/*
 * The kernel texts in plain loops are the specification, to the last bit.
 */
const kernels = { sum: sumKernel, max: maxKernel, min: minKernel };
type Name = keyof typeof kernels;

/** Lengths around blocks of 128 and groups of 8 of them. */
const length = fc.oneof(fc.nat(10), fc.constantFrom(127, 128, 129, 256, 300, 1023, 1024, 1025, 2100));
const inner = fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 17 }));
const outer = fc.oneof(fc.nat(4), fc.constantFrom(9, 17));

function expectBitsOfText(name: Name, x: Floats, outer: number, length: number, inner: number): void {
  const fast = new Float64Array(outer * inner).fill(7);
  const results = x instanceof Float64Array ? fast : Float32Array.from(fast);
  const text = results.slice();
  expect(reduceInMemory(name, x, length, inner, results)).toBe(true);
  execute(kernels[name], [x], reduceConstants(length, inner), text);
  expectSameBits(results, text);
}

test("sums in WebAssembly have the bits of the sum text, with NaN, infinities and both zeros", () => {
  const special = fc.array(fc.constantFrom(0, -0, NaN, Infinity, -Infinity), { maxLength: 2 });
  fc.assert(
    fc.property(outer, length, inner, fc.boolean(), special, (outer, length, inner, isDouble, specials) => {
      const type = isDouble ? Float64Array : Float32Array;
      const x = new type(outer * length * inner).map((_, i) => Math.sin(i * 7.1) * 10 ** ((i % 9) - 4));
      specials.forEach((value, i) => {
        if (x.length > 0) x[((i + 1) * 7919) % x.length] = value;
      });
      expectBitsOfText("sum", x, outer, length, inner);
    }),
    { numRuns: 150 },
  );
});

test("the largest and the smallest have the bits of their texts, with NaN and both zeros", () => {
  const special = fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 1);
  fc.assert(
    fc.property(
      fc.record({ outer, length: length.map((n) => Math.max(n, 1)), inner }),
      fc.constantFrom<Name>("max", "min"),
      fc.boolean(),
      fc.array(special, { maxLength: 2 }),
      fc.boolean(),
      ({ outer, length, inner }, name, isDouble, specials, isZero) => {
        // Of zeros, one sign is larger: here the result is the sign of a few.
        const [most, few] = name === "max" ? [-0, 0] : [0, -0];
        const x = new Float64Array(outer * length * inner).map((_, i) => (isZero ? most : Math.sin(i * 7.1)));
        specials.forEach((value, i) => {
          x[((i + 1) * 7919) % Math.max(x.length, 1)] = isZero ? few : value;
        });
        expectBitsOfText(name, isDouble ? x : Float32Array.from(x), outer, length, inner);
      },
    ),
    { numRuns: 100 },
  );
});

test("of more than is copied at once, and of more columns than are summed at once", () => {
  for (const [outer, length, inner] of [
    [1, 40_001, 1],
    [300, 130, 1],
    [2, 700, 31],
    [1, 200, 1500],
    [1, 3, 20_000],
    [1, 200, 1025],
  ] as const) {
    const x = new Float64Array(outer * length * inner).map((_, i) => ((i * 7919) % 1000) / 999 - 0.4);
    for (const name of ["sum", "max", "min"] as const) {
      expectBitsOfText(name, x, outer, length, inner);
      expectBitsOfText(name, Float32Array.from(x), outer, length, inner);
    }
  }
});

test("what plain loops do as fast, or alone can, is left to them", () => {
  expect(simdReduce("max", new Int32Array(2000), 2000, 1, new Int32Array(1))).toBe(false);
  expect(simdReduce("sum", new Float64Array(100), 100, 1, new Float64Array(1))).toBe(false);
  expect(simdReduce("max", new Float64Array(2000), 1000, 2, new Float64Array(2))).toBe(false);
  expect(simdReduce("sum", new Float64Array(2000), 1000, 2, new Float64Array(2))).toBe(true);
});
