import { BLOCK } from "../kernels/reduce.js";

const { fround } = Math;

/**
 * The sum of a[startA + l] b[startB + l] for l < length: the products, rounded to the type of the arrays, in the order of
 * `sumKernel`, with its bits. See docs/decisions/0045.
 */
export function dot(
  a: Float64Array | Float32Array,
  startA: number,
  b: Float64Array | Float32Array,
  startB: number,
  length: number,
): number {
  const sum = a instanceof Float64Array ? sumOfProducts : sumOfFloat32Products;
  const whole = length - (length % BLOCK);
  let total = 0;
  for (let l = 0; l < whole; l += BLOCK) total += sum(a, startA + l, b, startB + l, BLOCK);
  return total + sum(a, startA + whole, b, startB + whole, length - whole);
}

type Floats = Float64Array | Float32Array;

function sumOfProducts(a: Floats, startA: number, b: Floats, startB: number, length: number): number {
  let total = 0;
  for (let l = 0; l < length; l++) total += a[startA + l]! * b[startB + l]!;
  return total;
}

function sumOfFloat32Products(a: Floats, startA: number, b: Floats, startB: number, length: number): number {
  let total = 0;
  for (let l = 0; l < length; l++) total += fround(a[startA + l]! * b[startB + l]!);
  return total;
}
