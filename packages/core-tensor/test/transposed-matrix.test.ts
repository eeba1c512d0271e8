import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { linspace, tensor, type DType, type Tensor } from "@cotangent/core-tensor";
import { expectSameBits } from "./expect-same-bits.js";

/** A matrix, or a batch of them, on both sides of the size from which on transposing is put off. */
const arbMatrix = fc
  .record({
    batch: fc.constantFrom([], [2], [2, 1]),
    m: fc.constantFrom(1, 7, 20, 40),
    n: fc.constantFrom(1, 7, 20, 40),
    dtype: fc.constantFrom<DType>("float64", "float32", "int32"),
  })
  .map(({ batch, m, n, dtype }) => {
    const shape = [...batch, m, n];
    const size = shape.reduce<number>((a, b) => a * b, 1);
    return linspace(-9, 9, size).mul(7).sin().mul(10).reshape(shape).astype(dtype); // prettier-ignore
  });

/** The same tensor, transposed element by element. */
function copied(x: Tensor): Tensor {
  const [m, n] = x.shape.slice(-2) as [number, number];
  const numbers = x.toTypedArray();
  const out = numbers.slice();
  numbers.forEach((value, at) => {
    const [item, i, j] = [Math.floor(at / (m * n)), Math.floor(at / n) % m, at % n];
    out[item * m * n + j * m + i] = value;
  });
  return tensor(out, { shape: [...x.shape.slice(0, -2), n, m], dtype: x.dtype });
}

const same = (a: Tensor, b: Tensor) => {
  expect([a.shape, a.dtype]).toEqual([b.shape, b.dtype]);
  expectSameBits(a.toTypedArray(), b.toTypedArray());
};

describe("a transposed matrix", () => {
  test("is what it is, whatever is done with it first", () => {
    fc.assert(
      fc.property(arbMatrix, (x) => {
        const expected = copied(x);
        same(x.matrixTranspose(), expected);
        same(x.matrixTranspose().add(x.matrixTranspose()), expected.add(expected));
        same(x.matrixTranspose().reshape([-1]), expected.reshape([-1]));
        same(x.matrixTranspose().matrixTranspose(), x);
        same(copied(x.matrixTranspose()), x);
        expect(String(x.matrixTranspose())).toBe(String(expected));
      }),
      { numRuns: 40 },
    );
  });
  test("gives products the bits that its copy gives", () => {
    fc.assert(
      fc.property(arbMatrix, (x) => {
        const expected = copied(x);
        const right = x.mul(x);
        same(x.matrixTranspose().matmul(right), expected.matmul(right));
        same(right.matmul(x.matrixTranspose()), right.matmul(expected));
        same(x.matrixTranspose().matmul(right.matrixTranspose().matrixTranspose()), expected.matmul(right));
        const vector = linspace(-1, 1, x.shape.at(-2)).astype(x.dtype);
        same(x.matrixTranspose().matmul(vector), expected.matmul(vector));
        same(vector.matmul(x), vector.matmul(copied(expected)));
        if (x.ndim === 2) same(x.T.matmul(x.T.T), expected.matmul(x));
      }),
      { numRuns: 40 },
    );
  });

  const large = () => linspace(0, 1, 100_000).reshape([200, 500]);
  const bytes = () => process.memoryUsage().arrayBuffers;

  test("costs no copy in a product, and none when it is transposed back", () => {
    const x = large();
    const v = linspace(0, 1, 200);
    const before = bytes();
    for (let i = 0; i < 10; i++) x.T.matmul(v);
    expect(bytes() - before).toBeLessThan(800_000);
    expect(x.T.T.content).toBe(x.content);
  });
  test("rearranges its numbers once, and lets go of the matrix then", () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    // What one collection finds is given back by the time the next one is over.
    const settled = () => {
      collect();
      collect();
      return bytes();
    };
    const held: { x?: Tensor } = { x: large() };
    const y = held.x!.T;
    expect(y.content).toBe(y.content);
    const both = settled();
    delete held.x;
    expect(both - settled()).toBeGreaterThanOrEqual(800_000);
    expect(y.size).toBe(100_000);
  });
});
