import fc from "fast-check";
import { matmul } from "../src/host/matmul.js";
import { matmulFloat32 } from "../src/host/matmul-float32.js";
import type { Floats, Matrix } from "../src/host/simd/matrix.js";
import { layoutOf } from "../src/kernels/contract.js";

/*
 * Random products for the tests of the kernels that multiply, and what they have to give: the bits of the plain loops.
 */
type Arrays = Float64ArrayConstructor | Float32ArrayConstructor;

export const arrays = fc.constantFrom<Arrays[]>(Float64Array, Float32Array);

export function values(type: Arrays, length: number, seed: number): Floats {
  return new type(length).map((_, i) => Math.sin(1 + i * 7.1 + seed) * 10 ** (((i * 5 + seed) % 7) - 3));
}

/** The product in plain loops, over whatever was there. */
export function plain(a: Floats, b: Floats, layout: ReturnType<typeof layoutOf>, batches: number): Floats {
  const length = batches * layout.m * layout.n;
  if (a instanceof Float64Array) {
    const out = new Float64Array(length).fill(7);
    matmul(a, b, layout, batches, out);
    return out;
  }
  const out = new Float32Array(length).fill(7);
  matmulFloat32(a, b as Float32Array, layout, batches, out);
  return out;
}

export function shapes(m: number, k: number, n: number, transposeA: boolean, transposeB: boolean) {
  const [a, b] = [transposeA ? [k, m] : [m, k], transposeB ? [n, k] : [k, n]];
  return { a, b, layout: layoutOf(a, b, { transposeA, transposeB }) };
}

/** The left operand of a product, from its start. */
export const left = (array: Floats, { m, k, rowA, innerA }: ReturnType<typeof layoutOf>): Matrix => ({
  array,
  start: 0,
  rows: m,
  columns: k,
  row: rowA,
  column: innerA,
  resident: undefined,
});

/** The right one. */
export const right = (array: Floats, { n, k, innerB, columnB }: ReturnType<typeof layoutOf>): Matrix => ({
  array,
  start: 0,
  rows: k,
  columns: n,
  row: innerB,
  column: columnB,
  resident: undefined,
});
