import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { execute } from "../src/host/execute.js";
import { valueSorter } from "../src/host/sort-values.js";
import { maxKernel, minKernel, reduceConstants, sumKernel } from "../src/kernels/reduce.js";
import { cumsum } from "../src/primitives/scan.js";
import { rows as module, scratch, views, type RowOperation } from "../src/simd/index.js";
import { expectSameBits } from "./expect-same-bits.js";
import { special } from "./vector-cases.js";

/*
 * The plain loops of the host are the specification, to the last bit.
 */
type Plain = (rows: number, length: number, x: Float64Array, y: Float64Array) => void;

const reducing =
  (kernel: typeof sumKernel): Plain =>
  (_, length, x, y) => {
    execute(kernel, [x], reduceConstants(length, 1), y);
  };

const plain: Record<RowOperation, Plain> = {
  sum: reducing(sumKernel),
  max: reducing(maxKernel),
  min: reducing(minKernel),
  spread: (_, length, x, y) => {
    for (let i = 0; i < y.length; i++) y[i] = x[Math.floor(i / length)]!;
  },
  cumsum: (rows, length, x, y) => {
    const shape = { shape: [rows, length], dtype: "float64" } as const;
    cumsum.prepare([shape], { axis: 1, reverse: false }, [shape])([x], [y]);
  },
  sort: (rows, length, x, y) => {
    for (let r = 0; r < rows; r++) valueSorter(length)(x, r * length, 1, y);
  },
};

function expectBitsOfPlain(
  name: RowOperation,
  rows: number,
  length: number,
  numbers: readonly number[],
): void {
  const [all, each] = [rows * length, rows];
  const [sizeX, sizeY] = [name === "spread" ? each : all, ["sum", "max", "min"].includes(name) ? each : all];
  const x = new Float64Array(sizeX).map((_, i) => numbers[(i + Math.floor(i / 11)) % numbers.length]!);
  const base = scratch(8 * (sizeX + sizeY + 8))!;
  const { float64 } = views();
  float64.set(x, base / 8);
  float64.fill(7, base / 8 + sizeX, base / 8 + sizeX + sizeY + 8);
  module.kernels()![name](rows, length, base, base + 8 * sizeX);
  const y = float64.slice(base / 8 + sizeX, base / 8 + sizeX + sizeY);
  const wanted = new Float64Array(sizeY);
  plain[name](rows, length, x, wanted);
  expectSameBits(y, wanted);
  // Seven elements beyond the end may be written, and no more.
  expect(float64[base / 8 + sizeX + sizeY + 7]).toBe(7);
}

const number = fc.oneof(fc.constantFrom(...special), fc.double({ noNaN: true, min: -3, max: 3 }));
const numbers = fc.oneof(
  fc.array(number, { minLength: 1, maxLength: 40 }),
  fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 40 }),
  fc.array(fc.constantFrom(0, -0, 1, -1), { minLength: 1, maxLength: 40 }),
);
const length = fc.oneof(
  fc.integer({ min: 1, max: 9 }),
  fc.constantFrom(15, 16, 17, 31, 32, 127, 128, 129, 300, 1024, 1300),
);
const rows = fc.oneof(fc.nat(9), fc.constantFrom(16, 17, 25));

test.each(Object.keys(plain) as RowOperation[])("%s along rows has the bits of plain loops", (name) => {
  fc.assert(
    fc.property(rows, length, numbers, (rows, length, numbers) => {
      expectBitsOfPlain(name, rows, length, numbers);
    }),
  );
});
