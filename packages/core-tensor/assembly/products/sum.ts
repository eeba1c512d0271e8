import { columns } from "./columns";
import { rows64 } from "./rows";

/** Elements of a block: those of `sumKernel`, which fixes the order of additions (docs/decisions/0018). */
const BLOCK: usize = 128;
/** Sums of blocks that are computed at once. */
const PARTS: usize = 1024;

/** Bytes that `sum` needs as work space: ones, and the sums of blocks. */
export const SUM_WORK: usize = (BLOCK + PARTS) * 8;

/**
 * y[o, i] += the sum over the middle axis of x [outer, length, inner]: block by block, then the rest. The sum of a block is
 * its product with ones, which is exact; lanes are different sums. A sum over whole blocks can be continued.
 */
export function sum(outer: usize, length: usize, inner: usize, x: usize, y: usize, work: usize): void {
  for (let l: usize = 0; l < BLOCK; l++) store<f64>(work + l * 8, 1);
  if (inner !== 1) {
    for (let o: usize = 0; o < outer; o++)
      sumColumns(length, inner, x + o * length * inner * 8, y + o * inner * 8, work);
  } else if (length >= 8 * BLOCK) {
    for (let o: usize = 0; o < outer; o++) sumLong(length, x + o * length * 8, y + o * 8, work);
  } else {
    sumShort(outer, length, x, y, work);
  }
}

/** One long row: lanes are its blocks. */
function sumLong(length: usize, x: usize, y: usize, ones: usize): void {
  const parts = ones + BLOCK * 8;
  let total = load<f64>(y);
  const blocks = length / BLOCK;
  for (let first: usize = 0; first < blocks; first += PARTS) {
    const count = min(PARTS, blocks - first);
    memory.fill(parts, 0, count * 8);
    rows64(count, BLOCK, x + first * BLOCK * 8, BLOCK * 8, ones, parts);
    for (let b: usize = 0; b < count; b++) total += load<f64>(parts + b * 8);
  }
  let rest: f64 = 0;
  for (let l = blocks * BLOCK; l < length; l++) rest += load<f64>(x + l * 8);
  store<f64>(y, total + rest);
}

/** Many short rows: lanes are rows. */
function sumShort(outer: usize, length: usize, x: usize, y: usize, ones: usize): void {
  const parts = ones + BLOCK * 8;
  for (let first: usize = 0; first < outer; first += PARTS) {
    const count = min(PARTS, outer - first);
    for (let l: usize = 0; l < length; l += BLOCK) {
      memory.fill(parts, 0, count * 8);
      rows64(count, min(BLOCK, length - l), x + (first * length + l) * 8, length * 8, ones, parts);
      add(count, parts, y + first * 8);
    }
  }
}

/** Columns: lanes are columns. */
function sumColumns(length: usize, inner: usize, x: usize, y: usize, ones: usize): void {
  const parts = ones + BLOCK * 8;
  for (let first: usize = 0; first < inner; first += PARTS) {
    const count = min(PARTS, inner - first);
    for (let l: usize = 0; l < length; l += BLOCK) {
      memory.fill(parts, 0, count * 8);
      columns<f64>(count, min(BLOCK, length - l), x + (l * inner + first) * 8, inner * 8, ones, 8, parts);
      add(count, parts, y + first * 8);
    }
  }
}

function add(count: usize, from: usize, to: usize): void {
  for (let i: usize = 0; i < count; i++)
    store<f64>(to + i * 8, load<f64>(to + i * 8) + load<f64>(from + i * 8));
}
