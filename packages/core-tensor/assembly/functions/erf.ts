import { exp } from "./exp";
import { splat } from "./splat";

/**
 * The error function: x p(x^2 - 1/2) for |x| <= 1, 1 - erfc(|x|) with the sign of x elsewhere. Variables and coefficients are
 * those of src/special/erf.ts, which says where they come from.
 */
export function erf(x: v128): v128 {
  const size = f64x2.abs(x);
  const isNear = f64x2.le(size, splat(1));
  const near = erfNearZero(x);
  if (v128.all_true<i64>(isNear)) return near;
  // Beyond 6 the result is 1.
  const far = f64x2.sub(splat(1), complement(f64x2.pmin(size, splat(6))));
  return v128.bitselect(near, v128.or(far, v128.and(x, splat(-0.0))), isNear);
}

export function erfNearZero(x: v128): v128 {
  const z = f64x2.sub(f64x2.mul(x, x), splat(0.5));
  let p = splat(5.958930743134941e-11);
  p = f64x2.add(f64x2.mul(p, z), splat(-7.798543850549947e-10));
  p = f64x2.add(f64x2.mul(p, z), splat(9.387629307975112e-9));
  p = f64x2.add(f64x2.mul(p, z), splat(-1.0420369433085271e-7));
  p = f64x2.add(f64x2.mul(p, z), splat(1.0536449530022297e-6));
  p = f64x2.add(f64x2.mul(p, z), splat(-9.614808686849139e-6));
  p = f64x2.add(f64x2.mul(p, z), splat(7.829649525455366e-5));
  p = f64x2.add(f64x2.mul(p, z), splat(-0.0005611894221159944));
  p = f64x2.add(f64x2.mul(p, z), splat(0.0034802744966656173));
  p = f64x2.add(f64x2.mul(p, z), splat(-0.018283884489152906));
  p = f64x2.add(f64x2.mul(p, z), splat(0.07940998675593483));
  p = f64x2.add(f64x2.mul(p, z), splat(-0.2810721780454342));
  p = f64x2.add(f64x2.mul(p, z), splat(0.9654687386698673));
  return f64x2.mul(x, p);
}

/** erfc(x) for 0.46 <= x <= 6 */
function complement(x: v128): v128 {
  const t = f64x2.div(f64x2.sub(x, splat(3.5)), f64x2.add(x, splat(3.5)));
  let p = splat(-1.7508028117381467e-9);
  p = f64x2.add(f64x2.mul(p, t), splat(3.821624330238533e-10));
  p = f64x2.add(f64x2.mul(p, t), splat(1.6167182007674436e-8));
  p = f64x2.add(f64x2.mul(p, t), splat(-6.416557190229815e-10));
  p = f64x2.add(f64x2.mul(p, t), splat(-1.0129188952088691e-7));
  p = f64x2.add(f64x2.mul(p, t), splat(-6.278200425277382e-9));
  p = f64x2.add(f64x2.mul(p, t), splat(6.069380898749051e-7));
  p = f64x2.add(f64x2.mul(p, t), splat(-4.5487934457460865e-8));
  p = f64x2.add(f64x2.mul(p, t), splat(-3.817893637150958e-6));
  p = f64x2.add(f64x2.mul(p, t), splat(2.328883237902746e-6));
  p = f64x2.add(f64x2.mul(p, t), splat(2.4262126354392463e-5));
  p = f64x2.add(f64x2.mul(p, t), splat(-4.2782395812379195e-5));
  p = f64x2.add(f64x2.mul(p, t), splat(-0.00012151269052121025));
  p = f64x2.add(f64x2.mul(p, t), splat(0.0005643844471884007));
  p = f64x2.add(f64x2.mul(p, t), splat(-0.00030226783812530483));
  p = f64x2.add(f64x2.mul(p, t), splat(-0.004215019911029295));
  p = f64x2.add(f64x2.mul(p, t), splat(0.019099330938893936));
  p = f64x2.add(f64x2.mul(p, t), splat(-0.048823325827694615));
  p = f64x2.add(f64x2.mul(p, t), splat(0.08798315382503887));
  p = f64x2.add(f64x2.mul(p, t), splat(-0.11508959816019883));
  p = f64x2.add(f64x2.mul(p, t), splat(0.09751909515325469));
  p = f64x2.add(f64x2.mul(p, t), splat(-0.0105555963322182));
  p = f64x2.add(f64x2.mul(p, t), splat(-0.1400091801376194));
  p = f64x2.add(f64x2.mul(p, t), splat(1.2423492448711544));
  // x^2 = z^2 + (x - z) (x + z), where z^2 is exact: an error of x^2 would be one of the exponential.
  const z = f64x2.div(f64x2.floor(f64x2.mul(x, splat(65536))), splat(65536));
  const scaled = f64x2.add(p, f64x2.mul(p, shortExpm1(f64x2.mul(f64x2.sub(z, x), f64x2.add(x, z)))));
  const e = exp(f64x2.neg(f64x2.mul(z, z)));
  return f64x2.div(f64x2.mul(e, scaled), f64x2.add(splat(1), f64x2.mul(splat(2), x)));
}

/** e^t - 1 for |t| < 0.001: the first five terms of the series. */
function shortExpm1(t: v128): v128 {
  let p = splat(0.008333333333333333);
  p = f64x2.add(f64x2.mul(p, t), splat(0.041666666666666664));
  p = f64x2.add(f64x2.mul(p, t), splat(0.16666666666666666));
  p = f64x2.add(f64x2.mul(p, t), splat(0.5));
  return f64x2.add(t, f64x2.mul(f64x2.mul(t, t), p));
}
