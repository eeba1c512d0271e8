import { expect, test } from "@jest/globals";
import { products, allocateBlock, releaseBlock, views } from "../src/simd/index.js";
import { expectSameBits } from "./expect-same-bits.js";
import { plain, shapes, values } from "./matrix-products.js";

/*
 * Kernels read matrices that do not fit the caches ahead, in windows. Here their rows are far apart, and few: most of the
 * memory between them is not touched.
 */
const distance = 2 ** 21;
const [rows, columns] = [17, 8200];
const a = Float64Array.from(values(Float64Array, rows * columns, 1));

/** Blocks of these numbers of bytes, and what `body` reads of the last of them. */
function inBlocks(bytes: readonly number[], body: (...blocks: number[]) => Float64Array): Float64Array {
  const blocks = bytes.map((size) => allocateBlock(size)!);
  try {
    return body(...blocks);
  } finally {
    blocks.forEach(releaseBlock);
  }
}

function place(array: Float64Array, at: number): void {
  views().float64.set(array, at / 8);
}

function placeRows(at: number): void {
  for (let i = 0; i < rows; i++) place(a.subarray(i * columns, (i + 1) * columns), at + i * distance);
}

function zeros(at: number, count: number): void {
  views().float64.fill(0, at / 8, at / 8 + count);
}

test.each([false, true])("times a vector, transposed: %p", (isTransposed) => {
  const [m, k] = isTransposed ? [columns, rows] : [rows, columns];
  const { layout } = shapes(m, k, 1, isTransposed, false);
  const x = Float64Array.from(values(Float64Array, k, 2));
  const result = inBlocks([rows * distance, 8 * k, 8 * m], (matrix, vector, y) => {
    const kernels = products.kernels()!;
    placeRows(matrix);
    place(x, vector);
    zeros(y, m);
    if (isTransposed) kernels.columns64(m, k, matrix, distance, vector, 8, y);
    else kernels.rows64(m, k, matrix, distance, vector, y);
    return views().float64.slice(y / 8, y / 8 + m);
  });
  expectSameBits(result, plain(a, x, layout, 1));
});

test.each([3, 7])("few rows times them: %p", (m) => {
  const { layout } = shapes(m, rows, columns, false, false);
  const left = Float64Array.from(values(Float64Array, m * rows, 2));
  const rowC = 8 * columns; // a multiple of 64
  expect(rowC % 64).toBe(0);
  const kernels = products.kernels()!;
  const sizes = [rows * distance, 8 * left.length, kernels.narrowWork(), m * rowC];
  const result = inBlocks(sizes, (matrix, small, work, c) => {
    placeRows(matrix);
    place(left, small);
    zeros(c, m * columns);
    kernels.wide64(m, columns, rows, small, 8 * rows, 8, matrix, distance, c, rowC, work);
    return views().float64.slice(c / 8, c / 8 + m * columns);
  });
  expectSameBits(result, plain(left, a, layout, 1));
});

test.each([5, 12])("they times few columns: %p", (n) => {
  const { layout } = shapes(rows, columns, n, false, false);
  const right = Float64Array.from(values(Float64Array, columns * n, 2));
  const kernels = products.kernels()!;
  const sizes = [rows * distance, 8 * right.length, kernels.narrowWork(), 8 * rows * n];
  const result = inBlocks(sizes, (matrix, small, work, c) => {
    placeRows(matrix);
    place(right, small);
    zeros(c, rows * n);
    kernels.tall64(rows, n, columns, matrix, distance, small, 8 * n, 8, c, 8 * n, work);
    return views().float64.slice(c / 8, c / 8 + rows * n);
  });
  expectSameBits(result, plain(a, right, layout, 1));
});
