import { AHEAD, isFar, readAhead } from "./ahead";
import { FEW, few } from "./few";

/** Columns of A that are added in one pass over y, so that y is loaded and stored an eighth as often. */
const TOGETHER: usize = 8;

/** Bytes of each row that are read ahead at once. */
const WINDOW: usize = AHEAD / TOGETHER;

/**
 * y[j] += sum over l of A[l, j] x[l]: the rows of A, `row` bytes apart, are added up with the weights x, which are `step`
 * bytes apart. Lanes are elements of y, and each adds its products with l upwards.
 */
export function columns<T>(n: usize, k: usize, a: usize, row: usize, x: usize, step: usize, y: usize): void {
  const bytes = n * sizeof<T>();
  if (bytes <= FEW) {
    few<T>(bytes, k, a, row, x, step, y);
    return;
  }
  let l: usize = 0;
  if (isFar(k, row)) {
    for (; l + TOGETHER <= k; l += TOGETHER) {
      for (let j: usize = 0; j < bytes; j += WINDOW) {
        const count = min(WINDOW, bytes - j);
        readAhead(a + l * row + j, TOGETHER, row, count);
        eight<T>(count, a + l * row + j, row, x + l * step, step, y + j);
      }
    }
  } else {
    for (; l + TOGETHER <= k; l += TOGETHER) eight<T>(bytes, a + l * row, row, x + l * step, step, y);
  }
  for (; l < k; l++) one<T>(bytes, a + l * row, x + l * step, y);
}

export function eight<T>(bytes: usize, a: usize, row: usize, x: usize, step: usize, y: usize): void {
  const a1 = a + row;
  const a2 = a1 + row;
  const a3 = a2 + row;
  const a4 = a3 + row;
  const a5 = a4 + row;
  const a6 = a5 + row;
  const a7 = a6 + row;
  const x0 = v128.load_splat<T>(x);
  const x1 = v128.load_splat<T>(x + step);
  const x2 = v128.load_splat<T>(x + 2 * step);
  const x3 = v128.load_splat<T>(x + 3 * step);
  const x4 = v128.load_splat<T>(x + 4 * step);
  const x5 = v128.load_splat<T>(x + 5 * step);
  const x6 = v128.load_splat<T>(x + 6 * step);
  const x7 = v128.load_splat<T>(x + 7 * step);
  const whole = bytes & ~15;
  let j: usize = 0;
  for (; j < whole; j += 16) {
    let sum = v128.add<T>(v128.load(y + j), v128.mul<T>(x0, v128.load(a + j)));
    sum = v128.add<T>(sum, v128.mul<T>(x1, v128.load(a1 + j)));
    sum = v128.add<T>(sum, v128.mul<T>(x2, v128.load(a2 + j)));
    sum = v128.add<T>(sum, v128.mul<T>(x3, v128.load(a3 + j)));
    sum = v128.add<T>(sum, v128.mul<T>(x4, v128.load(a4 + j)));
    sum = v128.add<T>(sum, v128.mul<T>(x5, v128.load(a5 + j)));
    sum = v128.add<T>(sum, v128.mul<T>(x6, v128.load(a6 + j)));
    sum = v128.add<T>(sum, v128.mul<T>(x7, v128.load(a7 + j)));
    v128.store(y + j, sum);
  }
  if (whole === bytes) return;
  for (let l: usize = 0; l < TOGETHER; l++)
    one<T>(bytes - whole, a + l * row + whole, x + l * step, y + whole);
}

/** y += x a, for one row of A. */
export function one<T>(bytes: usize, a: usize, x: usize, y: usize): void {
  const factor = load<T>(x);
  const splat = v128.splat<T>(factor);
  const whole = bytes & ~15;
  let j: usize = 0;
  for (; j < whole; j += 16)
    v128.store(y + j, v128.add<T>(v128.load(y + j), v128.mul<T>(splat, v128.load(a + j))));
  for (; j < bytes; j += sizeof<T>()) store<T>(y + j, load<T>(y + j) + factor * load<T>(a + j));
}
