import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  dot as dotOf,
  einsum,
  matmul,
  mul,
  sum,
  tensor,
  tensordot,
  vdot,
  type Tensor,
} from "@cotangent/core-tensor";
import { dot } from "../src/host/dot.js";
import { dotsInMemory, simdDots } from "../src/host/simd/dot.js";
import type { Floats } from "../src/host/simd/matrix.js";
import {
  keepNoCopies,
  products,
  residentCopies,
  allocateBlock,
  releaseBlock,
  views,
} from "../src/simd/index.js";
import { expectSameBits } from "./expect-same-bits.js";
import { arrays, values } from "./matrix-products.js";

/*
 * A product of vectors is the sum of their products, to the last bit, whatever computes it.
 */
/** Lengths around blocks of 128, groups of four of them, and parts of sixteen. */
const length = fc.oneof(
  fc.nat(10),
  fc.constantFrom(127, 128, 129, 255, 383, 511, 512, 513, 1023, 1150, 2047, 2048, 2049, 4500),
);
const special = fc.array(fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 1e308, 5e-324), { maxLength: 2 });

const vectors = fc.record({
  type: arrays,
  length,
  batches: fc.integer({ min: 1, max: 4 }),
  seed: fc.nat(50),
  special,
});

function random({
  type,
  length,
  batches,
  seed,
  special,
}: typeof vectors extends fc.Arbitrary<infer V> ? V : never) {
  const [a, b] = [values(type, batches * length, seed), values(type, batches * length, seed + 3)];
  special.forEach((value, i) => {
    if (a.length > 0) (i === 0 ? a : b)[(seed * 7919) % a.length] = value;
  });
  return [a, b] as const;
}

/** What `sum` gives for the products, rounded to the type of the vectors, of each batch. */
function sums(a: Floats, b: Floats, batches: number): Floats {
  const shape = [batches, a.length / batches];
  return sum(mul(tensor(a, { shape }), tensor(b, { shape })), { axis: 1 }).toTypedArray() as Floats;
}

const some = { numRuns: 150 };

describe("a product of vectors has the bits of the sum of products", () => {
  test("in plain loops", () => {
    fc.assert(
      fc.property(vectors, (given) => {
        const [a, b] = random({ ...given, batches: 1 });
        const out = new given.type(1);
        out[0] = dot(a, 0, b, 0, given.length);
        expectSameBits(out, sums(a, b, 1));
      }),
      some,
    );
  });

  test("in WebAssembly, copied or not, one of them repeated or none", () => {
    fc.assert(
      fc.property(vectors, fc.boolean(), fc.boolean(), (given, isKept, isRepeated) => {
        const { type, length, batches } = given;
        const [a, b] = random(given);
        if (isRepeated) for (let i = 1; i < batches; i++) b.copyWithin(i * length, 0, length);
        if (!isKept) keepNoCopies(a.buffer);
        const out = new type(batches);
        // In the end, copies of large ones have been kept.
        for (let time = 0; time < 9; time++) {
          out.fill(7);
          expect(dotsInMemory(a, length, b, isRepeated ? 0 : length, length, out)).toBe(true);
          expectSameBits(out, sums(a, b, batches));
        }
      }),
      some,
    );
  });

  test("by every name", () => {
    for (const n of [3, 130, 600, 3000]) {
      for (const dtype of ["float64", "float32"] as const) {
        const [a, b] = [tensor(values(Float64Array, n, 1)), tensor(values(Float64Array, n, 2))].map((x) =>
          x.astype(dtype),
        ) as [Tensor, Tensor];
        const right = sum(mul(a, b)).toTypedArray();
        const [row, column] = [a.reshape([1, n]), b.reshape([n, 1])];
        const found: readonly Tensor[] = [
          dotOf(a, b),
          vdot(a, b),
          tensordot(a, b, 1),
          einsum("i,i->", a, b),
          matmul(row, column),
          matmul(column.T, row.T),
          matmul(a, column),
        ];
        for (const x of found) expectSameBits(x.toTypedArray(), right);
      }
    }
  });
});

test("copies are kept of vectors that are multiplied again and again, not of those of a step; a square is one use", () => {
  const a = values(Float64Array, 3000, 1);
  const before = residentCopies.count;
  const kept = Array.from({ length: 9 }, () => {
    const out = new Float64Array(1);
    expect(simdDots(a, 0, a, 0, 3000, out)).toBe(true);
    expectSameBits(out, sums(a, a, 1));
    return residentCopies.count - before;
  });
  expect(kept).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 1]);
});

test("short vectors are left to plain loops", () => {
  const a = values(Float64Array, 300, 1);
  expect(simdDots(a, 0, a, 0, 300, new Float64Array(1))).toBe(false);
});

test("sums in parts, at addresses that are not aligned to vectors", () => {
  const kernels = products.kernels()!;
  const block = allocateBlock(8 * 3100 + kernels.sumWork())!;
  const work = block + 8 * 3100;
  for (const type of [Float64Array, Float32Array]) {
    const size = type.BYTES_PER_ELEMENT;
    const [a, b] = [values(type, 1200, 1), values(type, 1200, 2)];
    const memory = type === Float64Array ? views().float64 : views().float32;
    const [atA, atB] = [block + 64 + size, block + 8 * 1500 + 3 * size];
    memory.set(a, atA / size);
    memory.set(b, atB / size);
    views().float64[block / 8] = 0;
    const run = type === Float64Array ? kernels.dot64 : kernels.dot32;
    run(640, atA, atB, block, work);
    run(560, atA + 640 * size, atB + 640 * size, block, work);
    const out = new type(1).fill(views().float64[block / 8]!);
    expectSameBits(out, sums(a, b, 1));
  }
  releaseBlock(block);
});
