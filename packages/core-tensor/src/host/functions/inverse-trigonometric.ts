import { highPart } from "./exact.js";

const PI_HIGH = 3.141592653589793;
const PI_LOW = 1.2246467991473532e-16;

/** atan(t) = t - t z p(z), z = t^2, for |t| <= 7/16: minimax of eleven terms, computed with 60 digits (2^-57) */
function atanRest(t: number): number {
  const z = t * t;
  let p = 0.016254875757779078 * z - 0.03650056811633324;
  p = p * z + 0.04975540477947045;
  p = p * z - 0.05833245176142916;
  p = p * z + 0.06661024310844203;
  p = p * z - 0.0769187151527531;
  p = p * z + 0.09090886845963302;
  p = p * z - 0.11111110394572188;
  p = p * z + 0.1428571427226614;
  p = p * z - 0.19999999999873908;
  return t * (z * (p * z + 0.3333333333333292));
}

/** atan(base) + atan(t), atan(base) = high + low */
function atanFrom(high: number, low: number, t: number): number {
  return high - (atanRest(t) - low - t);
}

/** The angle in (-pi / 2, pi / 2), within 1 ulp: atan(x) = atan(b) + atan((x - b) / (1 + x b)) for b = 1/2, 1, 3/2, infinity. */
export function atan(x: number): number {
  const size = Math.abs(x);
  if (size < 0.4375) return x === 0 ? x : x - atanRest(x);
  let angle: number;
  if (size < 0.6875) {
    angle = atanFrom(0.4636476090008061, 2.2698777452961687e-17, (2 * size - 1) / (2 + size));
  } else if (size < 1.1875) {
    angle = atanFrom(PI_HIGH / 4, PI_LOW / 4, (size - 1) / (size + 1));
  } else if (size < 2.4375) {
    angle = atanFrom(0.982793723247329, 1.3903311031230998e-17, (size - 1.5) / (1 + 1.5 * size));
  } else {
    angle = atanFrom(PI_HIGH / 2, PI_LOW / 2, -1 / size);
  }
  return x < 0 ? -angle : angle;
}

/** The angle of the point (x, y) in [-pi, pi]; zeros count with their signs, as IEEE 754 has it. */
export function atan2(y: number, x: number): number {
  if (x !== x || y !== y) return NaN;
  const angle = angleTo(Math.abs(x), Math.abs(y), x < 0 || Object.is(x, -0));
  return y < 0 || Object.is(y, -0) ? -angle : angle;
}

/** The angle of (width, height) or, to the left, of (-width, height). */
function angleTo(width: number, height: number, isLeft: boolean): number {
  if (height > width * 2 ** 60) return PI_HIGH / 2;
  let angle = 0;
  if (width === Infinity && height === Infinity) angle = PI_HIGH / 4;
  else if (height > 0) angle = atan(height / width);
  return isLeft ? PI_HIGH - (angle - PI_LOW) : angle;
}

/** asin(s) = s + s z p(z), z = s^2, for |s| <= 1/2: z p(z), minimax of thirteen terms, computed with 60 digits (2^-59) */
function asinRest(z: number): number {
  let p = 0.032702325451061574 * z - 0.02111700457052344;
  p = p * z + 0.021790868083294404;
  p = p * z + 0.0036720850748911808;
  p = p * z + 0.010789350475072587;
  p = p * z + 0.011397287220103634;
  p = p * z + 0.013981019333250405;
  p = p * z + 0.017351595425302756;
  p = p * z + 0.022372215910598372;
  p = p * z + 0.030381942675090725;
  p = p * z + 0.04464285717529059;
  p = p * z + 0.07499999999970093;
  return z * (p * z + 0.16666666666666763);
}

/** The angle in [-pi / 2, pi / 2], within 1 ulp; beyond 1/2 by asin(x) = pi / 2 - 2 asin(sqrt((1 - x) / 2)). */
export function asin(x: number): number {
  const size = Math.abs(x);
  if (size < 0.5) return x === 0 ? x : x + x * asinRest(x * x);
  if (size === 1) return (x * PI_HIGH) / 2;
  const z = (1 - size) * 0.5;
  const root = Math.sqrt(z);
  // The root is first + second, to twice the digits.
  const first = highPart(root);
  const second = (z - first * first) / (root + first);
  const small = 2 * root * asinRest(z) - (PI_LOW / 2 - 2 * second);
  const angle = PI_HIGH / 4 - (small - (PI_HIGH / 4 - 2 * first));
  return x < 0 ? -angle : angle;
}

/** The angle in [0, pi], within 1 ulp */
export function acos(x: number): number {
  if (Math.abs(x) < 0.5) return PI_HIGH / 2 - (x - (PI_LOW / 2 - x * asinRest(x * x)));
  if (x === 1) return 0;
  const z = (1 - Math.abs(x)) * 0.5;
  const root = Math.sqrt(z);
  if (x < 0) return PI_HIGH - 2 * (root + (root * asinRest(z) - PI_LOW / 2));
  const first = highPart(root);
  const second = (z - first * first) / (root + first);
  return 2 * (first + (root * asinRest(z) + second));
}
