/** Rows that are worked on together: 8 streams of memory, which a processor still prefetches. */
const ROWS: usize = 8;

/**
 * y[i] += sum over l of A[i, l] x[l], rows of A contiguous and `row` bytes apart.
 *
 * The lanes of a sum are two rows, not two parts of one row: so each y[i] adds its products with l upwards. The shuffles
 * turn [a b] [c d] of two rows into their columns [a c] [b d].
 */
export function rows64(m: usize, k: usize, a: usize, row: usize, x: usize, y: usize): void {
  let i: usize = 0;
  for (; i + ROWS <= m; i += ROWS) eightRows64(k, a + i * row, row, x, y + i * 8);
  for (; i < m; i++) oneRow<f64>(k, a + i * row, x, y + i * 8);
}

function eightRows64(k: usize, a: usize, row: usize, x: usize, y: usize): void {
  const a1 = a + row;
  const a2 = a1 + row;
  const a3 = a2 + row;
  const a4 = a3 + row;
  const a5 = a4 + row;
  const a6 = a5 + row;
  const a7 = a6 + row;
  let s01 = v128.load(y);
  let s23 = v128.load(y, 16);
  let s45 = v128.load(y, 32);
  let s67 = v128.load(y, 48);
  const even = k & ~1;
  for (let l: usize = 0; l < even * 8; l += 16) {
    const x0 = v128.load_splat<f64>(x + l);
    const x1 = v128.load_splat<f64>(x + l, 8);
    let p = v128.load(a + l);
    let q = v128.load(a1 + l);
    s01 = f64x2.add(s01, f64x2.mul(v128.shuffle<f64>(p, q, 0, 2), x0));
    s01 = f64x2.add(s01, f64x2.mul(v128.shuffle<f64>(p, q, 1, 3), x1));
    p = v128.load(a2 + l);
    q = v128.load(a3 + l);
    s23 = f64x2.add(s23, f64x2.mul(v128.shuffle<f64>(p, q, 0, 2), x0));
    s23 = f64x2.add(s23, f64x2.mul(v128.shuffle<f64>(p, q, 1, 3), x1));
    p = v128.load(a4 + l);
    q = v128.load(a5 + l);
    s45 = f64x2.add(s45, f64x2.mul(v128.shuffle<f64>(p, q, 0, 2), x0));
    s45 = f64x2.add(s45, f64x2.mul(v128.shuffle<f64>(p, q, 1, 3), x1));
    p = v128.load(a6 + l);
    q = v128.load(a7 + l);
    s67 = f64x2.add(s67, f64x2.mul(v128.shuffle<f64>(p, q, 0, 2), x0));
    s67 = f64x2.add(s67, f64x2.mul(v128.shuffle<f64>(p, q, 1, 3), x1));
  }
  v128.store(y, s01);
  v128.store(y, s23, 16);
  v128.store(y, s45, 32);
  v128.store(y, s67, 48);
  if (even === k) return;
  for (let i: usize = 0; i < ROWS; i++) oneRow<f64>(1, a + i * row + even * 8, x + even * 8, y + i * 8);
}

/** y[0] += <a, x>, one product after the other. */
function oneRow<T>(k: usize, a: usize, x: usize, y: usize): void {
  let sum = load<T>(y);
  for (const end = a + k * sizeof<T>(); a < end; a += sizeof<T>(), x += sizeof<T>())
    sum += load<T>(a) * load<T>(x);
  store<T>(y, sum);
}

/** As rows64, with four rows in a vector: four vectors of rows become four vectors of columns. */
export function rows32(m: usize, k: usize, a: usize, row: usize, x: usize, y: usize): void {
  let i: usize = 0;
  for (; i + ROWS <= m; i += ROWS) {
    fourRows32(k, a + i * row, row, x, y + i * 4);
    fourRows32(k, a + (i + 4) * row, row, x, y + (i + 4) * 4);
  }
  for (; i < m; i++) oneRow<f32>(k, a + i * row, x, y + i * 4);
}

function fourRows32(k: usize, a: usize, row: usize, x: usize, y: usize): void {
  const a1 = a + row;
  const a2 = a1 + row;
  const a3 = a2 + row;
  let sum = v128.load(y);
  const whole = k & ~3;
  for (let l: usize = 0; l < whole * 4; l += 16) {
    const r0 = v128.load(a + l);
    const r1 = v128.load(a1 + l);
    const r2 = v128.load(a2 + l);
    const r3 = v128.load(a3 + l);
    const even01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
    const odd01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
    const even23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
    const odd23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
    sum = f32x4.add(sum, f32x4.mul(v128.shuffle<f64>(even01, even23, 0, 2), v128.load_splat<f32>(x + l)));
    sum = f32x4.add(sum, f32x4.mul(v128.shuffle<f64>(even01, even23, 1, 3), v128.load_splat<f32>(x + l, 4)));
    sum = f32x4.add(sum, f32x4.mul(v128.shuffle<f64>(odd01, odd23, 0, 2), v128.load_splat<f32>(x + l, 8)));
    sum = f32x4.add(sum, f32x4.mul(v128.shuffle<f64>(odd01, odd23, 1, 3), v128.load_splat<f32>(x + l, 12)));
  }
  v128.store(y, sum);
  if (whole === k) return;
  for (let i: usize = 0; i < 4; i++)
    oneRow<f32>(k - whole, a + i * row + whole * 4, x + whole * 4, y + i * 4);
}
