import { Exp, exp } from "./exp";
import { splat } from "./splat";

/** y[i] = e^x[i] for n elements, a multiple of 8: `exp` of four vectors at a time, which are computed side by side. */
export function expFours(n: usize, x: usize, y: usize): void {
  for (const end = x + n * 8; x < end; x += 64, y += 64) {
    const x0 = v128.load(x);
    const x1 = v128.load(x, 16);
    const x2 = v128.load(x, 32);
    const x3 = v128.load(x, 48);
    // Not by a maximum: that of NaN and a large number may be either.
    const usual01 = v128.and(f64x2.lt(f64x2.abs(x0), splat(708)), f64x2.lt(f64x2.abs(x1), splat(708)));
    const usual23 = v128.and(f64x2.lt(f64x2.abs(x2), splat(708)), f64x2.lt(f64x2.abs(x3), splat(708)));
    if (!v128.all_true<i64>(v128.and(usual01, usual23))) {
      oneByOne(x, y);
      continue;
    }
    v128.store(y, Exp.inside(x0));
    v128.store(y, Exp.inside(x1), 16);
    v128.store(y, Exp.inside(x2), 32);
    v128.store(y, Exp.inside(x3), 48);
  }
}

function oneByOne(x: usize, y: usize): void {
  for (let i: usize = 0; i < 64; i += 16) v128.store(y + i, exp(v128.load(x + i)));
}
