import { columnSums } from "./column-sums";
import { rows64 } from "./rows";
import { sequenceSums } from "./sequences";

/** Elements of a block: those of `sumKernel`, which fixes the order of additions (docs/decisions/0018). */
const BLOCK: usize = 128;
/** Sums of blocks that are computed at once. */
const PARTS: usize = 1024;

/** Bytes that sums need as work space: the sums of blocks, and four more, and ones. */
export const SUM_WORK: usize = (PARTS + 4 + BLOCK) * 8;

/**
 * y[o, i] += the sum over the middle axis of x [outer, length, inner], in float64: block by block, then the rest. The sum
 * of a block is that of its products with ones, which are exact; lanes are different sums. A sum over whole blocks can be continued.
 */
export function sum<T>(outer: usize, length: usize, inner: usize, x: usize, y: usize, work: usize): void {
  const bytes = length * inner * sizeof<T>();
  const ones = work + (PARTS + 4) * 8;
  for (let l: usize = 0; l < BLOCK; l++) store<T>(ones + l * sizeof<T>(), <T>1);
  if (inner !== 1) {
    for (let o: usize = 0; o < outer; o++)
      sumColumns<T>(length, inner, x + o * bytes, y + o * inner * 8, work);
  } else if (length >= 8 * BLOCK) {
    for (let o: usize = 0; o < outer; o++) addBlocks<T>(length, x + o * bytes, ones, 0, y + o * 8, work);
  } else {
    sumShort<T>(outer, length, x, y, work, ones);
  }
}

/** y += the sum of a[l] b[l], each product rounded, in the order of `sum`. A sum over whole blocks can be continued. */
export function dot<T>(length: usize, a: usize, b: usize, y: usize, work: usize): void {
  addBlocks<T>(length, a, b, BLOCK * sizeof<T>(), y, work);
}

/** y += the sum of x[l] w[l], of which block k begins at w + k * strideW: lanes are blocks. */
function addBlocks<T>(length: usize, x: usize, w: usize, strideW: usize, y: usize, parts: usize): void {
  const bytes = BLOCK * sizeof<T>();
  let total = load<f64>(y);
  const blocks = length / BLOCK;
  for (let first: usize = 0; first < blocks; first += PARTS) {
    const count = min(PARTS, blocks - first);
    partSums<T>(count, BLOCK, x + first * bytes, bytes, w + first * strideW, strideW, parts);
    for (let k: usize = 0; k < count; k++) total += load<f64>(parts + k * 8);
  }
  partSums<T>(1, length - blocks * BLOCK, x + blocks * bytes, bytes, w + blocks * strideW, strideW, parts);
  store<f64>(y, total + load<f64>(parts));
}

/** As `sequenceSums`. A sum of float64 is a product of a matrix and ones. */
function partSums<T>(
  count: usize,
  length: usize,
  x: usize,
  stride: usize,
  w: usize,
  strideW: usize,
  parts: usize,
): void {
  if (sizeof<T>() === 4 || strideW !== 0) {
    sequenceSums<T>(count, length, x, stride, w, strideW, parts);
    return;
  }
  memory.fill(parts, 0, count * 8);
  rows64(count, length, x, stride, w, parts);
}

/** Many short rows: lanes are rows. */
function sumShort<T>(outer: usize, length: usize, x: usize, y: usize, work: usize, ones: usize): void {
  for (let first: usize = 0; first < outer; first += PARTS) {
    const count = min(PARTS, outer - first);
    for (let l: usize = 0; l < length; l += BLOCK) {
      const from = x + (first * length + l) * sizeof<T>();
      partSums<T>(count, min(BLOCK, length - l), from, length * sizeof<T>(), ones, 0, work);
      add(count, work, y + first * 8);
    }
  }
}

/** Columns: lanes are columns. */
function sumColumns<T>(length: usize, inner: usize, x: usize, y: usize, work: usize): void {
  for (let first: usize = 0; first < inner; first += PARTS) {
    const count = min(PARTS, inner - first);
    for (let l: usize = 0; l < length; l += BLOCK) {
      const from = x + (l * inner + first) * sizeof<T>();
      columnSums<T>(count, min(BLOCK, length - l), from, inner * sizeof<T>(), work);
      add(count, work, y + first * 8);
    }
  }
}

function add(count: usize, from: usize, to: usize): void {
  for (let i: usize = 0; i < count; i++)
    store<f64>(to + i * 8, load<f64>(to + i * 8) + load<f64>(from + i * 8));
}
