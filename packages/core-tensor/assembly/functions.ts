import { erf, erfNearZero } from "./functions/erf";
import { Exp, exp } from "./functions/exp";
import { expBlocks } from "./functions/exp-blocks";
import { fillTable } from "./functions/exp-table";
import { Log, log } from "./functions/log";
import { Elementwise, map32, map64, rest64 } from "./functions/map";
import { Sigmoidal } from "./functions/sigmoidal";
import { splat } from "./functions/splat";
import { Sine, sine } from "./functions/trigonometric";

fillTable();

/*
 * y[i] = f(x[i]) for n elements; x and y may be the same.
 */

class ExpMap extends Elementwise {
  of(x: v128): v128 {
    return exp(x);
  }
  isUsual(x: v128): v128 {
    return within(x, 708);
  }
  @inline
  usually(x: v128): v128 {
    return Exp.inside(x);
  }
}

class LogMap extends Elementwise {
  of(x: v128): v128 {
    return log(x);
  }
  isUsual(x: v128): v128 {
    return Log.isUsual(x);
  }
  @inline
  usually(x: v128): v128 {
    return Log.plus(x, splat(0));
  }
}

class SinMap extends Elementwise {
  of(x: v128): v128 {
    return sine(x, 0);
  }
  isUsual(x: v128): v128 {
    return i64x2.splat(-1);
  }
  @inline
  usually(x: v128): v128 {
    return Sine.of(x, 0);
  }
}

class CosMap extends Elementwise {
  of(x: v128): v128 {
    return sine(x, 1);
  }
  isUsual(x: v128): v128 {
    return i64x2.splat(-1);
  }
  @inline
  usually(x: v128): v128 {
    return Sine.of(x, 1);
  }
}

class TanhMap extends Elementwise {
  of(x: v128): v128 {
    return Sigmoidal.tanh(x, exp(f64x2.mul(splat(2), f64x2.abs(x))));
  }
  isUsual(x: v128): v128 {
    return within(x, 354);
  }
  @inline
  usually(x: v128): v128 {
    return Sigmoidal.tanh(x, Exp.inside(f64x2.mul(splat(2), f64x2.abs(x))));
  }
}

class SigmoidMap extends Elementwise {
  of(x: v128): v128 {
    return Sigmoidal.sigmoid(x, exp(f64x2.neg(f64x2.abs(x))));
  }
  isUsual(x: v128): v128 {
    return within(x, 708);
  }
  @inline
  usually(x: v128): v128 {
    return Sigmoidal.sigmoid(x, Exp.inside(f64x2.neg(f64x2.abs(x))));
  }
}

class SoftplusMap extends Elementwise {
  of(x: v128): v128 {
    return Sigmoidal.softplus(x, exp(f64x2.neg(f64x2.abs(x))));
  }
  isUsual(x: v128): v128 {
    return within(x, 708);
  }
  @inline
  usually(x: v128): v128 {
    return Sigmoidal.softplus(x, Exp.inside(f64x2.neg(f64x2.abs(x))));
  }
}

class SqrtMap extends Elementwise {
  of(x: v128): v128 {
    return f64x2.sqrt(x);
  }
  isUsual(x: v128): v128 {
    return i64x2.splat(-1);
  }
  @inline
  usually(x: v128): v128 {
    return f64x2.sqrt(x);
  }
}

class ErfMap extends Elementwise {
  of(x: v128): v128 {
    return erf(x);
  }
  isUsual(x: v128): v128 {
    return within(x, 1);
  }
  @inline
  usually(x: v128): v128 {
    return erfNearZero(x);
  }
}

/** |x| < limit? */
function within(x: v128, limit: f64): v128 {
  return f64x2.lt(f64x2.abs(x), splat(limit));
}

export function exp64(n: usize, x: usize, y: usize): void {
  const eights = n & ~7;
  expBlocks(eights, x, y);
  rest64<ExpMap>(n - eights, x + eights * 8, y + eights * 8);
}

export function exp32(n: usize, x: usize, y: usize): void {
  map32<ExpMap>(n, x, y);
}

export function log64(n: usize, x: usize, y: usize): void {
  map64<LogMap>(n, x, y);
}

export function log32(n: usize, x: usize, y: usize): void {
  map32<LogMap>(n, x, y);
}

export function sin64(n: usize, x: usize, y: usize): void {
  map64<SinMap>(n, x, y);
}

export function sin32(n: usize, x: usize, y: usize): void {
  map32<SinMap>(n, x, y);
}

export function cos64(n: usize, x: usize, y: usize): void {
  map64<CosMap>(n, x, y);
}

export function cos32(n: usize, x: usize, y: usize): void {
  map32<CosMap>(n, x, y);
}

export function tanh64(n: usize, x: usize, y: usize): void {
  map64<TanhMap>(n, x, y);
}

export function tanh32(n: usize, x: usize, y: usize): void {
  map32<TanhMap>(n, x, y);
}

export function sigmoid64(n: usize, x: usize, y: usize): void {
  map64<SigmoidMap>(n, x, y);
}

export function sigmoid32(n: usize, x: usize, y: usize): void {
  map32<SigmoidMap>(n, x, y);
}

export function softplus64(n: usize, x: usize, y: usize): void {
  map64<SoftplusMap>(n, x, y);
}

export function softplus32(n: usize, x: usize, y: usize): void {
  map32<SoftplusMap>(n, x, y);
}

export function sqrt64(n: usize, x: usize, y: usize): void {
  map64<SqrtMap>(n, x, y);
}

export function sqrt32(n: usize, x: usize, y: usize): void {
  map32<SqrtMap>(n, x, y);
}

export function erf64(n: usize, x: usize, y: usize): void {
  map64<ErfMap>(n, x, y);
}

export function erf32(n: usize, x: usize, y: usize): void {
  map32<ErfMap>(n, x, y);
}

export { largest32, largest64 } from "./functions/largest";
