import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { simdMatmul } from "../src/host/simd/matmul.js";
import { narrowProduct } from "../src/host/simd/narrow.js";
import { expectSameBits } from "./expect-same-bits.js";
import { arrays, left, plain, right, shapes, values } from "./matrix-products.js";

test("products with few rows or few columns have them, in any layout", () => {
  const few = fc.integer({ min: 2, max: 16 });
  const many = fc.oneof(fc.integer({ min: 2, max: 40 }), fc.constantFrom(64, 65, 130));
  const k = fc.oneof(fc.nat(2), many);
  fc.assert(
    fc.property(
      fc.record({ type: arrays, few, many, k, start: fc.nat(3) }),
      fc.record({ isWide: fc.boolean(), transposeA: fc.boolean(), transposeB: fc.boolean() }),
      ({ type, few, many, k, start }, { isWide, transposeA, transposeB }) => {
        const [m, n] = isWide ? [few, many] : [many, few];
        const { layout } = shapes(m, k, n, transposeA, transposeB);
        const [a, b] = [values(type, start + m * k, 1), values(type, start + k * n, 2)];
        const out = new type(m * n + 2).fill(7);
        const [A, B] = [left(a, layout), right(b, layout)].map((matrix) => ({ ...matrix, start }));
        expect(narrowProduct(A!, B!, out, 1)).toBe(true);
        expectSameBits(out.slice(1, m * n + 1), plain(a.slice(start), b.slice(start), layout, 1));
        expect([out[0], out[m * n + 1]]).toEqual([7, 7]);
      },
    ),
    { numRuns: 300 },
  );
});

test.each([
  [5, 4100, 3],
  [300, 70, 5],
  [5, 70, 300],
  // Rows of 4096 bytes, of which the first-level cache holds few at a time.
  [7, 70, 512],
  [6, 70, 1024],
])("products with few rows or columns and a resident matrix: %d x %d x %d", (m, k, n) => {
  for (const type of [Float64Array, Float32Array]) {
    for (const transpose of [false, true]) {
      const { layout } = shapes(m, k, n, transpose, transpose);
      const [a, b] = [values(type, m * k, 1), values(type, k * n, 2)];
      for (let use = 0; use < 3; use++) {
        const out = new type(m * n);
        expect(simdMatmul(a, b, layout, 1, out)).toBe(true);
        expectSameBits(out, plain(a, b, layout, 1));
      }
    }
  }
});
