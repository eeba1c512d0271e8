/** The first 26 bits of x (Veltkamp): products of two such numbers are exact. */
export function highPart(x: number): number {
  const scaled = 134217729 * x;
  return scaled - (scaled - x);
}

/** a b - product, for the rounded product (Dekker), exactly */
export function lostByProduct(a: number, b: number, product: number): number {
  const [a1, b1] = [highPart(a), highPart(b)];
  const [a2, b2] = [a - a1, b - b1];
  return a1 * b1 - product + a1 * b2 + a2 * b1 + a2 * b2;
}

/** a - b - difference, for the rounded difference (Knuth), exactly */
export function lostByDifference(a: number, b: number, difference: number): number {
  const taken = a - difference;
  return a - (difference + taken) + (taken - b);
}
