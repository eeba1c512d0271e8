/** The numbers as float64: the array itself where it is of that type. */
export function asFloat64(x: ArrayLike<number>): Float64Array {
  return x instanceof Float64Array ? x : Float64Array.from(x);
}

/** <x, y>, in four sums side by side: in a single one, each addition would wait for the one before it. */
export function dot(x: Float64Array, y: Float64Array): number {
  let [sum0, sum1, sum2, sum3] = [0, 0, 0, 0];
  const even = x.length & ~3;
  for (let i = 0; i < even; i += 4) {
    sum0 += x[i]! * y[i]!;
    sum1 += x[i + 1]! * y[i + 1]!;
    sum2 += x[i + 2]! * y[i + 2]!;
    sum3 += x[i + 3]! * y[i + 3]!;
  }
  for (let i = even; i < x.length; i++) sum0 += x[i]! * y[i]!;
  return sum0 + sum1 + (sum2 + sum3);
}

/** ||x||, where squares that overflow or underflow do no harm; NaN when an element is NaN. */
export function norm(x: Float64Array): number {
  const squares = dot(x, x);
  if (squares > 1e-280 && squares < Infinity) return Math.sqrt(squares);
  let largest = 0;
  for (const value of x) largest = Math.max(largest, Math.abs(value));
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  let total = 0;
  for (const value of x) total += (value / largest) ** 2;
  return largest * Math.sqrt(total);
}

/** y += a x, in place */
export function axpy(a: number, x: Float64Array, y: Float64Array): void {
  for (let i = 0; i < x.length; i++) y[i]! += a * x[i]!;
}

/** y = x + a y, in place */
export function xpay(x: Float64Array, a: number, y: Float64Array): void {
  for (let i = 0; i < x.length; i++) y[i] = x[i]! + a * y[i]!;
}

/** a x, into y */
export function scale(
  a: number,
  x: Float64Array,
  y: Float64Array = new Float64Array(x.length),
): Float64Array {
  for (let i = 0; i < x.length; i++) y[i] = a * x[i]!;
  return y;
}

/** x - y */
export function difference(x: Float64Array, y: Float64Array): Float64Array {
  return x.map((value, i) => value - y[i]!);
}

/** Are all elements finite? */
export function allFinite(x: Float64Array): boolean {
  for (const value of x) if (!Number.isFinite(value)) return false;
  return true;
}
