import { ValueError } from "../../errors/index.js";

const view = new DataView(new ArrayBuffer(8));

/** a + b = sum + error, exactly (Knuth). */
function twoSum(a: number, b: number): readonly [number, number] {
  const sum = a + b;
  const c = sum - a;
  return [sum, a - (sum - c) + (b - c)];
}

/** a b = product + error, exactly, by halves of 26 bits (Dekker, Veltkamp). */
function twoProduct(a: number, b: number): readonly [number, number] {
  const product = a * b;
  const [ah, al] = halves(a);
  const [bh, bl] = halves(b);
  return [product, al * bl - (product - ah * bh - al * bh - ah * bl)];
}

function halves(a: number): readonly [number, number] {
  const c = 134217729 * a;
  const high = c - (c - a);
  return [high, a - high];
}

/** a + b rounded to odd: the exact sum, or the neighbour of it whose last bit is 1. A second rounding then does no harm. */
function addToOdd(a: number, b: number): number {
  const [sum, error] = twoSum(a, b);
  if (error === 0 || !Number.isFinite(sum)) return sum;
  view.setFloat64(0, sum);
  const bits = view.getBigInt64(0);
  if ((bits & 1n) === 1n) return sum;
  view.setBigInt64(0, bits + (error > 0 === sum > 0 ? 1n : -1n));
  return view.getFloat64(0);
}

/** a b + c with one rounding. Boldo, Melquiond, "Emulation of FMA and correctly rounded sums" (2008). */
export function fusedMultiplyAdd(a: number, b: number, c: number): number {
  const plain = a * b + c;
  // Beyond these sizes the exact products above overflow or lose bits; nothing random needs them.
  if (!(Math.abs(a * b) < 2 ** 960) || !(Math.abs(b) < 2 ** 960) || Math.abs(a * b) < 2 ** -900) return plain;
  const [productHigh, productLow] = twoProduct(a, b);
  const [sumHigh, sumLow] = twoSum(c, productLow);
  const [high, low] = twoSum(productHigh, sumHigh);
  return high + addToOdd(sumLow, low);
}

/** a + u (b - a) as float64, with one rounding after b - a, and not below a. */
export function lerp64(u: number, a: number, b: number): number {
  return Math.max(a, fusedMultiplyAdd(u, spanOf(a, b), a));
}

/** a + u (b - a) as float32: the product is exact in float64, so rounding its sum to odd leaves one rounding. */
export function lerp32(u: number, a: number, b: number): number {
  return Math.max(a, Math.fround(addToOdd(u * Math.fround(spanOf(a, b)), a)));
}

function spanOf(a: number, b: number): number {
  if (!(a <= b) || b - a === Infinity) {
    throw new ValueError(`random.uniform: needs finite minval <= maxval, got ${String(a)} and ${String(b)}`);
  }
  return b - a;
}
