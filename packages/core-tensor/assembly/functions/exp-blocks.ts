import { Exp, extreme } from "./exp";
import { TABLE } from "./exp-table";
import { splat } from "./splat";

/** Elements of a block: what goes from one loop to the other stays in the first-level cache. */
const BLOCK: usize = 64;

/** Of each element of a block: n + ROUND, and r, as `Exp` names them. */
const NEAREST: usize = memory.data(512, 64);
const REST: usize = memory.data(512, 64);

/** What `Exp` multiplies with and adds. V8 keeps in registers what is loaded before a loop; constants it writes anew. */
const CONSTANTS: usize = memory.data<f64>([
  369.3299304675746, 6755399441055744, 0.00270760617331689, 7.453964567463233e-13, 0.5, 0.16666666666666666,
  0.041666666666666664, 0.008333333333333333,
]);

/**
 * y[i] = e^x[i] for n elements, a multiple of 8: the operations of `Exp.inside` in two loops over each block. Those of one
 * vector wait for each other for so long that a processor, which sees some hundred of them, would not find enough to do.
 * Between the loops they go through memory, out of which the indices of the table come as whole numbers.
 */
export function expBlocks(n: usize, x: usize, y: usize): void {
  while (n > 0) {
    const count = min(n, BLOCK);
    const bytes = count * 8;
    // The upper half of 708: below that, numbers are smaller.
    if (reduce(bytes, x) < 0x40862000) combine(bytes, y);
    else oneByOne(bytes, x, y);
    n -= count;
    x += bytes;
    y += bytes;
  }
}

/** Splits x into n and r. Returns the upper half of the largest |x[i]| as a whole number, which is largest for NaN. */
function reduce(bytes: usize, x: usize): u32 {
  const scale = v128.load64_splat(CONSTANTS);
  const round = v128.load64_splat(CONSTANTS, 8);
  const high = v128.load64_splat(CONSTANTS, 16);
  const low = v128.load64_splat(CONSTANTS, 24);
  // Of twice the bits, which is without the sign.
  let largest = splat(0);
  for (let i: usize = 0; i < bytes; i += 64) {
    const x0 = v128.load(x + i);
    const x1 = v128.load(x + i, 16);
    const x2 = v128.load(x + i, 32);
    const x3 = v128.load(x + i, 48);
    largest = i32x4.max_u(i32x4.max_u(largest, i64x2.add(x0, x0)), i64x2.add(x1, x1));
    largest = i32x4.max_u(i32x4.max_u(largest, i64x2.add(x2, x2)), i64x2.add(x3, x3));
    Vector.reduce(x0, i, scale, round, high, low);
    Vector.reduce(x1, i + 16, scale, round, high, low);
    Vector.reduce(x2, i + 32, scale, round, high, low);
    Vector.reduce(x3, i + 48, scale, round, high, low);
  }
  return max<u32>(i32x4.extract_lane(largest, 1), i32x4.extract_lane(largest, 3)) >> 1;
}

/** y = 2^(n/256) e^r */
function combine(bytes: usize, y: usize): void {
  const c2 = v128.load64_splat(CONSTANTS, 32);
  const c3 = v128.load64_splat(CONSTANTS, 40);
  const c4 = v128.load64_splat(CONSTANTS, 48);
  const c5 = v128.load64_splat(CONSTANTS, 56);
  const whole = i64x2.splat(-256);
  for (let i: usize = 0; i < bytes; i += 32) {
    Vector.combine(i, y + i, c2, c3, c4, c5, whole);
    Vector.combine(i + 16, y + i + 16, c2, c3, c4, c5, whole);
  }
}

/** Both loops, of one vector. */
class Vector {
  @inline
  static reduce(x: v128, at: usize, scale: v128, round: v128, high: v128, low: v128): void {
    const nearest = f64x2.add(f64x2.mul(x, scale), round);
    v128.store(NEAREST + at, nearest);
    const n = f64x2.sub(nearest, round);
    v128.store(REST + at, f64x2.sub(f64x2.sub(x, f64x2.mul(n, high)), f64x2.mul(n, low)));
  }

  @inline
  static combine(at: usize, y: usize, c2: v128, c3: v128, c4: v128, c5: v128, whole: v128): void {
    const r = v128.load(REST + at);
    const square = f64x2.mul(r, r);
    const cubic = f64x2.add(f64x2.mul(r, c3), c2);
    const quintic = f64x2.add(f64x2.mul(r, c5), c4);
    const terms = f64x2.add(r, f64x2.mul(square, f64x2.add(cubic, f64x2.mul(square, quintic))));
    const one = v128.load((<usize>load<u8>(NEAREST + at)) << 4, TABLE);
    const other = v128.load((<usize>load<u8>(NEAREST + at, 8)) << 4, TABLE);
    const first = v128.shuffle<f64>(one, other, 0, 2);
    const second = v128.shuffle<f64>(one, other, 1, 3);
    const m = i64x2.shl(v128.and(v128.load(NEAREST + at), whole), 44);
    v128.store(y, i64x2.add(f64x2.add(first, f64x2.add(f64x2.mul(first, terms), second)), m));
  }
}

function oneByOne(bytes: usize, x: usize, y: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    const value = v128.load(x + i);
    if (Exp.isExtreme(value)) v128.store(y + i, extreme(value));
    else v128.store(y + i, Exp.inside(value));
  }
}
