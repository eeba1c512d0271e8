import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { simdMatmul } from "../src/host/simd/matmul.js";
import { product } from "../src/host/simd/product.js";
import { vectorProduct } from "../src/host/simd/vector-product.js";
import { layoutOf } from "../src/kernels/contract.js";
import {
  allocateBlock,
  hostKernels,
  products,
  releaseBlock,
  residentCopies,
  views,
} from "../src/simd/index.js";
import { expectSameBits } from "./expect-same-bits.js";
import { arrays, left, plain, right, shapes, values } from "./matrix-products.js";

/*
 * The plain loops are the specification of the kernels in WebAssembly, to the last bit.
 */
/** Sizes around what the kernels work on at once: 0, 1, odd ones, whole tiles and a little more. */
const size = fc.oneof(fc.integer({ min: 0, max: 19 }), fc.constantFrom(31, 32, 33, 64, 65));

test("the kernels run where these tests do", () => {
  expect(hostKernels()).toEqual({ status: "ready" });
});

describe("float32 in plain loops", () => {
  test("rounds every product and every sum to float32", () => {
    const [a, b] = [values(Float32Array, 3 * 50, 1), values(Float32Array, 50 * 2, 2)];
    for (const [transposeA, transposeB] of [
      [false, false],
      [true, true],
    ] as const) {
      const { layout } = shapes(3, 50, 2, transposeA, transposeB);
      const naive = Array.from({ length: 6 }, (_, t) => {
        const [i, j] = [Math.floor(t / 2), t % 2];
        const sum = new Float32Array(1);
        const term = new Float32Array(1);
        for (let l = 0; l < 50; l++) {
          term[0] =
            (transposeA ? a[l * 3 + i]! : a[i * 50 + l]!) * (transposeB ? b[j * 50 + l]! : b[l * 2 + j]!);
          sum[0]! += term[0];
        }
        return sum[0]!;
      });
      expect(Array.from(plain(a, b, layout, 1))).toEqual(naive);
    }
  });
});

describe("in WebAssembly", () => {
  test("products of all sizes, types and transpositions have the bits of plain loops", () => {
    fc.assert(
      fc.property(
        arrays,
        size,
        size,
        size,
        fc.boolean(),
        fc.boolean(),
        (type, m, k, n, transposeA, transposeB) => {
          const { layout } = shapes(m, k, n, transposeA, transposeB);
          const [a, b] = [values(type, m * k, 1), values(type, k * n, 2)];
          const out = new type(m * n).fill(7);
          expect(product(left(a, layout), right(b, layout), out, 0)).toBe(true);
          expectSameBits(out, plain(a, b, layout, 1));
        },
      ),
      { numRuns: 200 },
    );
  });

  test("products of a matrix or its transpose with a vector have them", () => {
    fc.assert(
      fc.property(arrays, size, size, fc.boolean(), fc.nat(5), (type, m, k, transposeA, start) => {
        const { layout } = shapes(m, k, 1, transposeA, false);
        const [a, x] = [values(type, m * k, 1), values(type, start + k, 2)];
        const out = new type(m + 2).fill(7);
        expect(vectorProduct(left(a, layout), x, start, out, 1)).toBe(true);
        expectSameBits(out.slice(1, m + 1), plain(a, x.slice(start), layout, 1));
        expect([out[0], out[m + 1]]).toEqual([7, 7]);
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    [1030, 5, 17],
    [17, 30, 1100],
    [18, 2100, 17],
    [20, 20_000, 1],
    [20_000, 20, 1],
    [1, 300, 400],
  ])("sizes beyond the parts that are copied at once: %d x %d x %d", (m, k, n) => {
    for (const type of [Float64Array, Float32Array]) {
      for (const transpose of [false, true]) {
        const { layout } = shapes(m, k, n, transpose, transpose);
        const [a, b] = [values(type, m * k, 1), values(type, k * n, 2)];
        const out = new type(m * n);
        expect(simdMatmul(a, b, layout, 1, out)).toBe(true);
        expectSameBits(out, plain(a, b, layout, 1));
      }
    }
  });

  test("batches, with an operand that is repeated", () => {
    const [a, b] = [values(Float64Array, 3 * 17 * 9, 1), values(Float64Array, 9 * 15, 2)];
    const layout = layoutOf([3, 17, 9], [9, 15], { transposeA: false, transposeB: false });
    const out = new Float64Array(3 * 17 * 15);
    expect(simdMatmul(a, b, layout, 3, out)).toBe(true);
    expectSameBits(out, plain(a, b, layout, 3));
  });

  test("operands that are not aligned to vectors, and results that continue a sum", () => {
    const kernels = products.kernels()!;
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 12 }),
        fc.nat(1),
        (m, k, odd) => {
          const { layout } = shapes(m, k, 6, false, false);
          const [a, b] = [values(Float64Array, m * k, 1), values(Float64Array, k * 6, 2)];
          const block = allocateBlock(8 * 8 * 150)!;
          const work = allocateBlock(kernels.gemmWork())!;
          const memory = views().float64;
          const at = [1, 200 + odd, 400, 600 + odd].map((element) => block / 8 + element) as [
            number,
            number,
            number,
            number,
          ];
          memory.set(a, at[0]);
          memory.set(b, at[1]);
          memory.fill(0, at[2], at[2] + m * 6);
          const [offsetA, offsetB, offsetC] = at.map((element) => element * 8) as [number, number, number];
          // The sum over k in two halves.
          const half = Math.floor(k / 2);
          for (const [from, terms] of [
            [0, half],
            [half, k - half],
          ] as const) {
            kernels.gemm64(
              m,
              6,
              terms,
              offsetA + from * 8,
              k * 8,
              8,
              offsetB + from * 48,
              48,
              8,
              offsetC,
              48,
              work,
            );
          }
          expectSameBits(memory.slice(at[2], at[2] + m * 6), plain(a, b, layout, 1));
          releaseBlock(block);
          releaseBlock(work);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("kernels for vectors write y and nothing else, wherever it lies, and continue sums", () => {
    const kernels = products.kernels()!;
    const sizes = fc.record({ type: arrays, m: size, k: size, step: fc.integer({ min: 1, max: 3 }) });
    fc.assert(
      fc.property(sizes, fc.boolean(), fc.nat(3), ({ type, m, k, step }, transposeA, odd) => {
        const { layout } = shapes(m, k, 1, transposeA, false);
        const [a, x] = [values(type, m * k, 1), values(type, k, 2)];
        const bytes = type.BYTES_PER_ELEMENT;
        const block = allocateBlock(bytes * (m * k + 3 * k + m + 16))!;
        const memory = type === Float64Array ? views().float64 : views().float32;
        const offsetA = block / bytes + odd;
        const offsetX = offsetA + m * k + 1;
        const offsetY = offsetX + 3 * k + 1;
        memory.set(a, offsetA);
        memory.fill(7, offsetY - 1, offsetY + m + 1);
        memory.fill(0, offsetY, offsetY + m);
        // Strides of x are for the transposed product alone.
        const next = transposeA ? step : 1;
        x.forEach((value, l) => (memory[offsetX + next * l] = value));
        const half = Math.floor(k / 2);
        for (const [from, terms] of [
          [0, half],
          [half, k - half],
        ] as const) {
          const [fromX, y] = [(offsetX + next * from) * bytes, offsetY * bytes];
          if (transposeA) {
            const columns = bytes === 8 ? kernels.columns64 : kernels.columns32;
            columns(m, terms, (offsetA + from * m) * bytes, m * bytes, fromX, next * bytes, y);
          } else {
            const rows = bytes === 8 ? kernels.rows64 : kernels.rows32;
            rows(m, terms, (offsetA + from) * bytes, k * bytes, fromX, y);
          }
        }
        expectSameBits(memory.slice(offsetY, offsetY + m), plain(a, x, layout, 1));
        expect([memory[offsetY - 1], memory[offsetY + m]]).toEqual([7, 7]);
        releaseBlock(block);
      }),
      { numRuns: 150 },
    );
  });

  test("infinities and NaN go where they go in plain loops", () => {
    const { layout } = shapes(16, 16, 16, false, false);
    const [a, b] = [values(Float64Array, 256, 1), values(Float64Array, 256, 2)];
    a[5] = Infinity;
    a[40] = NaN;
    b[17] = -Infinity;
    b[21] = 0;
    const out = new Float64Array(256);
    expect(simdMatmul(a, b, layout, 1, out)).toBe(true);
    expectSameBits(out, plain(a, b, layout, 1));
    expect(out.some(Number.isNaN)).toBe(true);
  });

  test("operands are kept after their second use, and give the same bits", () => {
    const { layout } = shapes(60, 70, 50, true, false);
    const [a, b] = [values(Float64Array, 60 * 70, 1), values(Float64Array, 70 * 50, 2)];
    const before = residentCopies.count;
    const kept = [1, 2, 3].map(() => {
      const out = new Float64Array(60 * 50);
      simdMatmul(a, b, layout, 1, out);
      expectSameBits(out, plain(a, b, layout, 1));
      return residentCopies.count - before;
    });
    expect(kept).toEqual([0, 2, 2]);
  });
});
