/**
 * The tangent t of the smaller angle with t^2 + 2 c t - 1 = 0, for c = cot 2 theta (Golub & Van Loan, 8.5.2). Large c are
 * kept from overflow: a tangent of 0 would turn nothing, however often it is tried.
 */
export function tangentOfSmallerAngle(cotangent: number): number {
  const magnitude = Math.abs(cotangent);
  const t = magnitude > 2 ** 30 ? 0.5 / magnitude : 1 / (magnitude + Math.sqrt(magnitude * magnitude + 1));
  return cotangent < 0 ? -t : t;
}
