import { log } from "../functions/index.js";
import { digammaOf, lowerSeries, upperFraction } from "./incomplete-gamma.js";
import { normalFrom64, unitFrom64 } from "./sample.js";
import { hash, type Words } from "./threefry.js";

const uniformOf = (key: Words): number => unitFrom64(...hash(key, 0, 0));
const normalOf = (key: Words): number => normalFrom64(...hash(key, 0, 0));

/**
 * One Gamma(a, 1) sample by rejection, with a key of its own: x = d (1 + c z)^3 with d = a - 1/3, c = 1 / (3 sqrt d) and
 * z normal; for a < 1, Gamma(a + 1) U^(1/a). NaN for a that is not positive.
 *
 * Marsaglia, Tsang, "A simple method for generating gamma variables" (2000); the keys are used as jax.random.gamma does.
 */
export function gammaSample(key: Words, a: number): number {
  if (!(a > 0) || a === Infinity) return NaN;
  const boost = a < 1 ? Math.pow(1 - uniformOf(hash(key, 0, 1)), 1 / a) : 1;
  const d = (a < 1 ? a + 1 : a) - 1 / 3;
  const c = 1 / 3 / Math.sqrt(d);
  for (let loop = hash(key, 0, 0); ; loop = hash(loop, 0, 0)) {
    let zKey = hash(loop, 0, 1);
    let [z, v] = [0, -1];
    while (v <= 0) {
      z = normalOf(hash(zKey, 0, 1));
      v = 1 + z * c;
      zKey = hash(zKey, 0, 0);
    }
    const [square, cube] = [z * z, v * v * v];
    const u = uniformOf(hash(loop, 0, 2));
    if (u < 1 - 0.0331 * square * square || log(u) < square / 2 + d * (1 - cube + log(cube))) {
      return d * cube * boost;
    }
  }
}

/**
 * dx/da of a Gamma(a, 1) sample x at a fixed value of its distribution function F(a, x): -(dF/da) / (dF/dx), which is
 * an unbiased reparameterisation. Figurnov, Mohamed, Mnih, "Implicit reparameterization gradients" (2018).
 *
 * With F = x^a e^-x / Gamma(a+1) R below the mean and 1 - F = x^a e^-x / Gamma(a) C above, the factor in front cancels.
 */
export function gammaSlope(a: number, x: number): number {
  if (!(a > 0) || !(x >= 0)) return NaN;
  if (x === 0) return 0;
  if (a > 1e6) return largeSlope(a, x);
  if (x < a + 1) {
    const { value, derivative } = lowerSeries(a, x);
    return (-x / a) * ((log(x) - digammaOf(a + 1)) * value + derivative);
  }
  const { value, derivative } = upperFraction(a, x);
  return x * ((log(x) - digammaOf(a)) * value + derivative);
}

/**
 * For large a, where the series above are long: x = a + z sqrt(a) + (z^2 - 1) / 3 + (z^3 - 7 z) / (36 sqrt(a)) + O(1/a)
 * with z the normal quantile of F(a, x) (Cornish, Fisher), differentiated at fixed z; good to about 1e-12 from a = 1e6 for |z| < 4.
 */
function largeSlope(a: number, x: number): number {
  const root = Math.sqrt(a);
  let z = (x - a) / root;
  for (let i = 0; i < 3; i++) z = (x - a - (z * z - 1) / 3 - (z * z * z - 7 * z) / (36 * root)) / root;
  return 1 + z / (2 * root) - (z * z * z - 7 * z) / (72 * a * root);
}
