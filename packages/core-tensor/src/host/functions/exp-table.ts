/** Powers that the table has between 1 and 2. */
const STEPS = 256;

/** 2^(1/256), 2^(2/256), 2^(4/256), ... 2^(128/256), each as the nearest number and what it lacks. */
const roots = [
  [1.0027112750502025, -3.636615928692264e-17],
  [1.0054299011128027, 9.499186535455032e-17],
  [1.0108892860517005, -1.5234778603368577e-17],
  [1.0218971486541166, 5.109225028973444e-17],
  [1.0442737824274138, 8.551889705537965e-17],
  [1.0905077326652577, -3.046782079812471e-17],
  [1.189207115002721, 3.982015231465646e-17],
  [1.4142135623730951, -9.667293313452913e-17],
] as const;

/** 2^(j/256) for j < 256, the nearest number and what it lacks: twin of assembly/functions/exp-table.ts. */
export const high = new Float64Array(STEPS);
export const low = new Float64Array(STEPS);

high[0] = 1;
roots.forEach((root, bit) => {
  const count = 2 ** bit;
  for (let i = 0; i < count; i++) [high[count + i], low[count + i]] = multiply([high[i]!, low[i]!], root);
});

type Pair = readonly [high: number, low: number];

/** The product of two numbers given as pairs (Dekker, 1971): high parts are split into halves whose products are exact. */
function multiply([highA, lowA]: Pair, [highB, lowB]: Pair): Pair {
  const product = highA * highB;
  const a1 = upperHalf(highA);
  const b1 = upperHalf(highB);
  const a2 = highA - a1;
  const b2 = highB - b1;
  const lost = a2 * b2 - (product - a1 * b1 - a2 * b1 - a1 * b2);
  const rest = lost + (highA * lowB + lowA * highB);
  const sum = product + rest;
  return [sum, rest - (sum - product)];
}

/** The first 26 bits of a number (Veltkamp). */
function upperHalf(x: number): number {
  const scaled = x * 134217729;
  return scaled - (scaled - x);
}
