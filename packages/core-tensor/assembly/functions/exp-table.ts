/** Powers that the table has between 1 and 2. */
export const STEPS: usize = 256;

/** 2^(j/256) for j < 256, as pairs of the nearest number and what it lacks. */
export const TABLE: usize = memory.data(4096, 64);

/** 2^(1/256), 2^(2/256), 2^(4/256), ... 2^(128/256), each as the nearest number and what it lacks. */
const ROOTS: usize = memory.data<f64>([
  1.0027112750502025, -3.636615928692264e-17, 1.0054299011128027, 9.499186535455032e-17, 1.0108892860517005,
  -1.5234778603368577e-17, 1.0218971486541166, 5.109225028973444e-17, 1.0442737824274138,
  8.551889705537965e-17, 1.0905077326652577, -3.046782079812471e-17, 1.189207115002721, 3.982015231465646e-17,
  1.4142135623730951, -9.667293313452913e-17,
]);

/** Fills the table: each root doubles what there is. Twin of src/host/functions/exp-table.ts. */
export function fillTable(): void {
  store<f64>(TABLE, 1);
  let root = ROOTS;
  for (let count: usize = 1; count < STEPS; count *= 2, root += 16) {
    for (let i: usize = 0; i < count; i++) multiply(TABLE + i * 16, root, TABLE + (count + i) * 16);
  }
}

/** The product of two numbers given as pairs (Dekker, 1971): high parts are split into halves whose products are exact. */
function multiply(a: usize, b: usize, to: usize): void {
  const highA = load<f64>(a);
  const highB = load<f64>(b);
  const product = highA * highB;
  const a1 = upperHalf(highA);
  const b1 = upperHalf(highB);
  const a2 = highA - a1;
  const b2 = highB - b1;
  const lost = a2 * b2 - (product - a1 * b1 - a2 * b1 - a1 * b2);
  const low = lost + (highA * load<f64>(b, 8) + load<f64>(a, 8) * highB);
  const sum = product + low;
  store<f64>(to, sum);
  store<f64>(to, low - (sum - product), 8);
}

/** The first 26 bits of a number (Veltkamp). */
function upperHalf(x: f64): f64 {
  const scaled = x * 134217729;
  return scaled - (scaled - x);
}
