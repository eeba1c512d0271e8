/** ||a - b|| / ||b|| */
export function relativeDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let difference = 0;
  let size = 0;
  for (let i = 0; i < b.length; i++) {
    difference += (a[i]! - b[i]!) ** 2;
    size += b[i]! ** 2;
  }
  return Math.sqrt(difference / size);
}

/** The number of decimal digits in which two vectors agree, -log10 of their relative distance. */
export function agreement(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return -Math.log10(relativeDistance(a, b));
}
