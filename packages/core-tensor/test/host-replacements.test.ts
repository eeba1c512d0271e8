import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { execute } from "../src/host/execute.js";
import { matmul } from "../src/host/matmul.js";
import { stridedRead, stridedWrite } from "../src/host/strided.js";
import { matmulKernel } from "../src/kernels/contract.js";
import { placeKernel, stridedKernel } from "../src/kernels/gather.js";
import { layoutOf } from "../src/kernels/contract.js";
import { stridesOf } from "../src/shape/index.js";

/*
 * What replaces a kernel text on the host for speed has to give the same bits: the text is the specification.
 */
const size = fc.integer({ min: 0, max: 9 });
const values = (length: number, seed: number): Float64Array =>
  new Float64Array(length).map((_, i) => Math.sin(1 + i * 7.1 + seed) * 10 ** (((i * 5 + seed) % 7) - 3));

describe("on the host", () => {
  test("products have the bits of the matmul text", () => {
    fc.assert(
      fc.property(
        fc.tuple(size, size, size, fc.integer({ min: 1, max: 3 })),
        fc.tuple(fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean()),
        ([m, n, k, batches], [transposeA, transposeB, batchA, batchB]) => {
          const a = transposeA ? [k, m] : [m, k];
          const b = transposeB ? [n, k] : [k, n];
          const layout = layoutOf(batchA ? [batches, ...a] : a, batchB ? [batches, ...b] : b, {
            transposeA,
            transposeB,
          });
          const count = batchA || batchB ? batches : 1;
          const [x, y] = [values(count * m * k, 1), values(count * k * n, 2)];
          const [fast, text] = [new Float64Array(count * m * n).fill(7), new Float64Array(count * m * n)];
          matmul(x, y, layout, count, fast);
          execute(matmulKernel, [x, y], { ...layout }, text);
          expect(fast).toEqual(text);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("strided reads and writes have those of the strided and the place text", () => {
    const axis = fc.record({
      length: fc.integer({ min: 0, max: 4 }),
      start: fc.integer({ min: 0, max: 3 }),
      step: fc.integer({ min: 1, max: 3 }),
      backwards: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(axis, { minLength: 1, maxLength: 3 }), (axes) => {
        const outer = axes.map(({ length, start, step }) => start + step * Math.max(length - 1, 0) + 1);
        const lengths = axes.map(({ length }) => length);
        const starts = axes.map(({ length, start, step, backwards }) =>
          backwards ? start + step * Math.max(length - 1, 0) : start,
        );
        const steps = axes.map(({ step, backwards }) => (backwards ? -step : step));
        const own = stridesOf(outer);
        const strides = steps.map((step, i) => step * own[i]!);
        const offset = starts.reduce((total, start, i) => total + start * own[i]!, 0);
        const [whole, part] = [outer, lengths].map((shape) => shape.reduce((a, b) => a * b, 1)) as [
          number,
          number,
        ];
        const reversed = (table: readonly number[]): Int32Array => Int32Array.from(table).reverse();

        const x = values(whole, 3);
        const [read, readText] = [new Float64Array(part), new Float64Array(part)];
        stridedRead(x, offset, lengths, strides, read);
        execute(
          stridedKernel,
          [x, reversed(lengths), reversed(strides)],
          { rank: axes.length, offset },
          readText,
        );
        expect(read).toEqual(readText);

        const y = values(part, 4);
        const [written, writtenText] = [new Float64Array(whole), new Float64Array(whole)];
        stridedWrite(y, lengths, offset, strides, written);
        const tables = [outer, lengths, starts, steps, stridesOf(lengths)].map(reversed);
        execute(placeKernel, [y, ...tables], { rank: axes.length }, writtenText);
        expect(written).toEqual(writtenText);
      }),
      { numRuns: 300 },
    );
  });
});
