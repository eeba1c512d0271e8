/** The same number in both lanes. */
export function splat(x: f64): v128 {
  return f64x2.splat(x);
}
