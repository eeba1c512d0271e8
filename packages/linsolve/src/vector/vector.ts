/** <x, y> */
export function dot(x: Float64Array, y: Float64Array): number {
  let total = 0;
  for (let i = 0; i < x.length; i++) total += x[i]! * y[i]!;
  return total;
}

/** ||x||, scaled so that squares neither overflow nor underflow; NaN when an element is NaN. */
export function norm(x: Float64Array): number {
  let largest = 0;
  for (const value of x) {
    const size = Math.abs(value);
    if (Number.isNaN(size)) return NaN;
    if (size > largest) largest = size;
  }
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  if (largest > 1e-140 && largest < 1e140) return Math.sqrt(dot(x, x));
  let total = 0;
  for (const value of x) total += (value / largest) ** 2;
  return largest * Math.sqrt(total);
}

/** y += a x, in place */
export function axpy(a: number, x: Float64Array, y: Float64Array): void {
  for (let i = 0; i < x.length; i++) y[i]! += a * x[i]!;
}

/** a x */
export function scale(a: number, x: Float64Array): Float64Array {
  return x.map((value) => a * value);
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
