import { log1p } from "./log";
import { splat } from "./splat";

/** Functions made of an exponential, which the caller computes. Inlined. */
export class Sigmoidal {
  /** 1 / (1 + e^-x), from e = e^-|x|, which does not overflow. */
  @inline
  static sigmoid(x: v128, e: v128): v128 {
    const above = v128.bitselect(e, splat(1), f64x2.lt(x, splat(0)));
    return f64x2.div(above, f64x2.add(splat(1), e));
  }

  /** log(1 + e^x) = max(x, 0) + log(1 + e), from e = e^-|x| */
  @inline
  static softplus(x: v128, e: v128): v128 {
    return f64x2.add(f64x2.pmax(x, splat(0)), log1p(e));
  }

  /** x + x^3 p(x^2) for |x| < 0.56, p in powers of x^2 - 0.1568; elsewhere 1 - 2 / (e + 1) with the sign of x, e = e^2|x|. */
  @inline
  static tanh(x: v128, e: v128): v128 {
    const size = f64x2.abs(x);
    const z = f64x2.sub(f64x2.mul(size, size), splat(0.1568));
    let p = splat(-2.9326637915397463e-6);
    p = f64x2.add(splat(7.689024346794641e-6), f64x2.mul(z, p));
    p = f64x2.add(splat(-1.994321082958409e-5), f64x2.mul(z, p));
    p = f64x2.add(splat(5.233550291057556e-5), f64x2.mul(z, p));
    p = f64x2.add(splat(-0.00013734608615862624), f64x2.mul(z, p));
    p = f64x2.add(splat(0.0003604237376600786), f64x2.mul(z, p));
    p = f64x2.add(splat(-0.0009458242911187188), f64x2.mul(z, p));
    p = f64x2.add(splat(0.0024820337816509885), f64x2.mul(z, p));
    p = f64x2.add(splat(-0.006513370028272648), f64x2.mul(z, p));
    p = f64x2.add(splat(0.017092712824429243), f64x2.mul(z, p));
    p = f64x2.add(splat(-0.044861965417192826), f64x2.mul(z, p));
    p = f64x2.add(splat(0.11789536513574717), f64x2.mul(z, p));
    p = f64x2.add(splat(-0.31367427110343155), f64x2.mul(z, p));
    const near = f64x2.add(size, f64x2.mul(size, f64x2.mul(f64x2.mul(size, size), p)));
    const far = f64x2.sub(splat(1), f64x2.div(splat(2), f64x2.add(e, splat(1))));
    const result = v128.bitselect(near, far, f64x2.lt(size, splat(0.56)));
    return v128.or(result, v128.and(x, splat(-0.0)));
  }
}
