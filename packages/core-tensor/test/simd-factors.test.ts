import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { factorCholesky } from "../src/host/linalg/cholesky.js";
import { factorLu } from "../src/host/linalg/lu.js";
import { solveTriangle } from "../src/host/linalg/triangular.js";
import { choleskyInMemory, luInMemory, triangleInMemory } from "../src/host/simd/factors.js";
import { expectSameBits } from "./expect-same-bits.js";

/*
 * The plain loops are the specification of the factorisations in WebAssembly, to the last bit.
 */
/** Sizes around the panels of 32 columns, and small ones. */
const size = fc.oneof(fc.integer({ min: 0, max: 12 }), fc.constantFrom(31, 32, 33, 63, 64, 65, 97));
const seed = fc.integer({ min: 0, max: 1000 });

function values(length: number, seed: number): Float64Array {
  return new Float64Array(length).map(
    (_, i) => Math.sin(1 + i * 7.1 + seed) * 10 ** (((i * 5 + seed) % 5) - 2),
  );
}

/** A matrix behind `start` other numbers, which have to stay. */
const start = 3;

describe("in WebAssembly", () => {
  test("LU has the bits of plain loops, of singular matrices too", () => {
    fc.assert(
      fc.property(size, seed, fc.boolean(), (n, seed, isSingular) => {
        const a = values(start + n * n, seed);
        if (isSingular) for (let i = 0; i < n; i++) a[start + i * n + Math.floor(n / 2)] = 0;
        const [fast, text] = [a.slice(), a.slice()];
        const [order, orderText] = [new Int32Array(n + 2), new Int32Array(n + 2)];
        expect(luInMemory(fast, start, n, order, 1)).toBe(true);
        factorLu(text, start, n, orderText, 1);
        expectSameBits(fast, text);
        expectSameBits(order, orderText);
      }),
    );
  });

  test("Cholesky has them, and finds the same minor that is not positive", () => {
    fc.assert(
      fc.property(size, seed, fc.nat(), (n, seed, bad) => {
        // Diagonally dominant, and so positive definite; what is above the diagonal must not matter.
        const a = values(start + n * n, seed);
        for (let i = 0; i < n; i++) a[start + i * n + i] = 100 * n + Math.abs(a[start + i * n + i]!);
        const wrong = bad % (2 * n + 1);
        if (wrong < n) a[start + wrong * n + wrong] = -1;
        const [fast, text] = [a.slice(), a.slice()];
        const minor = choleskyInMemory(fast, start, n);
        expect(minor).toBe(factorCholesky(text, start, n));
        expect(minor).toBe(wrong < n ? wrong + 1 : 0);
        if (minor === 0) expectSameBits(fast, text);
      }),
    );
  });

  test("triangular solves have them, for every kind of triangle", () => {
    fc.assert(
      fc.property(
        size,
        fc.integer({ min: 0, max: 9 }),
        seed,
        fc.record({ lower: fc.boolean(), transpose: fc.boolean(), unitDiagonal: fc.boolean() }),
        (n, m, seed, triangle) => {
          const a = values(start + n * n, seed);
          for (let i = 0; i < n; i++) a[start + i * n + i]! += 50 * n;
          const x = values(start + n * m, seed + 1);
          const [fast, text] = [x.slice(), x.slice()];
          expect(triangleInMemory(a, start, n, triangle, fast, start, m)).toBe(true);
          solveTriangle(a, start, n, triangle, text, start, m);
          expectSameBits(fast, text);
        },
      ),
    );
  });
});
