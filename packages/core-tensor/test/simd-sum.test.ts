import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { execute } from "../src/host/execute.js";
import { sumInMemory } from "../src/host/simd/sum.js";
import { reduceConstants, sumKernel } from "../src/kernels/reduce.js";
import { expectSameBits } from "./expect-same-bits.js";

/** Lengths around blocks of 128 and groups of 8 of them. */
const length = fc.oneof(fc.nat(10), fc.constantFrom(127, 128, 129, 256, 300, 1023, 1024, 1025, 2100));

test("sums in WebAssembly have the bits of the sum text", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.nat(4), fc.constantFrom(9, 17)),
      length,
      fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 9 })),
      (outer, length, inner) => {
        const x = new Float64Array(outer * length * inner).map(
          (_, i) => Math.sin(i * 7.1) * 10 ** ((i % 9) - 4),
        );
        const [fast, text] = [new Float64Array(outer * inner).fill(7), new Float64Array(outer * inner)];
        expect(sumInMemory(x, length, inner, fast)).toBe(true);
        execute(sumKernel, [x], reduceConstants(length, inner), text);
        expectSameBits(fast, text);
      },
    ),
  );
});

test("sums of more than is copied at once have them, and of more columns than are summed at once", () => {
  for (const [outer, length, inner] of [
    [1, 40_001, 1],
    [300, 130, 1],
    [2, 700, 31],
    [1, 200, 1500],
    [1, 3, 20_000],
  ] as const) {
    const x = new Float64Array(outer * length * inner).map((_, i) => ((i * 7919) % 1000) / 999 - 0.4);
    const [fast, text] = [new Float64Array(outer * inner), new Float64Array(outer * inner)];
    expect(sumInMemory(x, length, inner, fast)).toBe(true);
    execute(sumKernel, [x], reduceConstants(length, inner), text);
    expectSameBits(fast, text);
  }
});
