/** A matrix with rows and columns scaled by powers of two (without rounding), largest elements near 1. */
export interface Equilibrated {
  readonly scaled: Float64Array;
  readonly rowScale: Float64Array;
  readonly columnScale: Float64Array;
}

/**
 * R A C with diagonal R and C: first every row, then every column gets a largest element in [1, 2). What remains of the
 * condition number is not due to units of measurement. (LAPACK's xGEEQUB.)
 */
export function equilibrate(matrix: Float64Array, n: number): Equilibrated {
  const rowScale = new Float64Array(n);
  const columnScale = new Float64Array(n);
  const scaled = matrix.slice();
  for (let i = 0; i < n; i++) {
    let largest = 0;
    for (let j = 0; j < n; j++) largest = Math.max(largest, Math.abs(scaled[i * n + j]!));
    rowScale[i] = inversePower(largest);
    for (let j = 0; j < n; j++) scaled[i * n + j]! *= rowScale[i]!;
  }
  for (let j = 0; j < n; j++) {
    let largest = 0;
    for (let i = 0; i < n; i++) largest = Math.max(largest, Math.abs(scaled[i * n + j]!));
    columnScale[j] = inversePower(largest);
    for (let i = 0; i < n; i++) scaled[i * n + j]! *= columnScale[j]!;
  }
  return { scaled, rowScale, columnScale };
}

/** The power of two that brings a positive number to [1, 2), within the range of numbers; 1 for 0. */
export function inversePower(value: number): number {
  if (value === 0) return 1;
  return 2 ** Math.min(Math.max(-Math.floor(Math.log2(value)), -1022), 1022);
}
