import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { factorCholesky } from "../src/host/linalg/cholesky.js";
import { factorLu } from "../src/host/linalg/lu.js";
import { solveTriangle } from "../src/host/linalg/triangular.js";
import { choleskyInMemory, luInMemory } from "../src/host/simd/factors.js";
import { triangleInMemory } from "../src/host/simd/triangle.js";
import { expectSameBits } from "./expect-same-bits.js";

/*
 * The plain loops are the specification of the factorisations in WebAssembly, to the last bit.
 */
/** Sizes around the panels of 32 columns, and small ones. */
const size = fc.oneof(fc.integer({ min: 0, max: 12 }), fc.constantFrom(31, 32, 33, 63, 64, 65, 97));
const seed = fc.integer({ min: 0, max: 1000 });

type Floats = Float64Array | Float32Array;
type FloatArray = typeof Float64Array | typeof Float32Array;

function values(Type: FloatArray, length: number, seed: number): Floats {
  return new Type(length).map((_, i) => Math.sin(1 + i * 7.1 + seed) * 10 ** (((i * 5 + seed) % 5) - 2));
}

/** A matrix behind `start` other numbers, which have to stay. */
const start = 3;

/** What a number becomes in an array of that type. */
const rounding = (Type: FloatArray) => (Type === Float32Array ? Math.fround : (x: number) => x);

/** Numbers that are put anywhere. */
const places = fc.array(fc.tuple(fc.nat(), fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 1e-40, 3e38)), {
  maxLength: 3,
});

describe.each([
  ["float64", Float64Array],
  ["float32", Float32Array],
] as const)("%s in WebAssembly", (_, Type) => {
  test("LU has the bits of plain loops, of singular matrices too", () => {
    fc.assert(
      fc.property(size, seed, fc.boolean(), places, (n, seed, isSingular, places) => {
        const a = values(Type, start + n * n, seed);
        for (const [at, value] of places) if (n > 0) a[start + (at % (n * n))] = value;
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
        const a = values(Type, start + n * n, seed);
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
          const a = values(Type, start + n * n, seed);
          for (let i = 0; i < n; i++) a[start + i * n + i]! += 50 * n;
          const x = values(Type, start + n * m, seed + 1);
          const [fast, text] = [x.slice(), x.slice()];
          expect(triangleInMemory(a, start, n, triangle, fast, start, m)).toBe(true);
          solveTriangle(a, start, n, triangle, text, start, m);
          expectSameBits(fast, text);
        },
      ),
    );
  });

  test("the plain loops round every product, difference, quotient and root", () => {
    const round = rounding(Type);
    const n = 20;
    const a = values(Type, n * n, 5);
    for (let i = 0; i < n; i++) a[i * n + i] = 1000 * (n - i);
    const at = (x: Floats, i: number, j: number) => x[i * n + j]!;
    /** a_ij - sum over k < count of x_ik y_kj */
    const rest = (i: number, j: number, count: number, x: Floats, y: (k: number, j: number) => number) => {
      let left = at(a, i, j);
      for (let k = 0; k < count; k++) left = round(left - round(at(x, i, k) * y(k, j)));
      return left;
    };
    const [packed, l] = [a.slice(), a.slice()];
    factorLu(packed, 0, n, new Int32Array(n), 0);
    factorCholesky(l, 0, n);
    const [lu, cholesky] = [new Type(n * n), new Type(n * n)];
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        const ofLu = rest(i, j, Math.min(i, j), lu, (k, j) => at(lu, k, j));
        lu[i * n + j] = j < i ? round(ofLu / at(lu, j, j)) : ofLu;
        if (j > i) continue;
        const ofL = rest(i, j, j, cholesky, (k, j) => at(cholesky, j, k));
        cholesky[i * n + j] = j < i ? round(ofL / at(cholesky, j, j)) : round(Math.sqrt(ofL));
      }
    }
    expectSameBits(packed, lu);
    expectSameBits(l, cholesky);
  });
});
