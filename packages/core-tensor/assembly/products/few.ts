/** Bytes of y that `few` keeps in registers. */
export const FEW: usize = 96;

/**
 * As `columns` for rows of at most `FEW` bytes: y stays in 6 vectors while all rows are added. So many bytes are read from the
 * start of each row and of y on, but nothing is written beyond y.
 */
export function few<T>(bytes: usize, k: usize, a: usize, row: usize, x: usize, step: usize, y: usize): void {
  let t0 = v128.load(y);
  let t1 = v128.load(y, 16);
  let t2 = v128.load(y, 32);
  let t3 = v128.load(y, 48);
  let t4 = v128.load(y, 64);
  let t5 = v128.load(y, 80);
  // Rows may follow each other downwards.
  for (; k > 0; k--, a += row, x += step) {
    const factor = v128.load_splat<T>(x);
    t0 = v128.add<T>(t0, v128.mul<T>(factor, v128.load(a)));
    t1 = v128.add<T>(t1, v128.mul<T>(factor, v128.load(a, 16)));
    t2 = v128.add<T>(t2, v128.mul<T>(factor, v128.load(a, 32)));
    t3 = v128.add<T>(t3, v128.mul<T>(factor, v128.load(a, 48)));
    t4 = v128.add<T>(t4, v128.mul<T>(factor, v128.load(a, 64)));
    t5 = v128.add<T>(t5, v128.mul<T>(factor, v128.load(a, 80)));
  }
  storePart(y, t0, bytes);
  storePart(y + 16, t1, bytes - 16);
  storePart(y + 32, t2, bytes - 32);
  storePart(y + 48, t3, bytes - 48);
  storePart(y + 64, t4, bytes - 64);
  storePart(y + 80, t5, bytes - 80);
}

/** Stores the first `bytes` of a vector, at most 16; none if they are negative. */
function storePart(to: usize, vector: v128, bytes: isize): void {
  if (bytes >= 16) {
    v128.store(to, vector);
  } else if (bytes >= 8) {
    v128.store64_lane(to, vector, 0);
    if (bytes > 8) v128.store32_lane(to, vector, 2, 8);
  } else if (bytes > 0) {
    v128.store32_lane(to, vector, 0);
  }
}
