import type { GpuJs } from "./gpujs-types.js";

/*
 * Shading languages lack some of JavaScript's Math functions, or leave them undefined where JavaScript does not:
 * expm1(x) is emitted as exp(x) - 1, tanh(100) is NaN, pow(-2, 3) is NaN, max(NaN, 1) is 1. On webgpu and webgl a
 * kernel's call of one of these goes to the text below instead. The polynomials reach float32 precision.
 */

/** A comparison with NaN is false; exp itself may turn a NaN into a number. */
const exp = `(x) {
  return x > 0 || x <= 0 ? Math.exp(x) : x;
}`;

/** exp(x) - 1 = x + x^2/2! + ... for small x. */
const expm1 = `(x) {
  const series = x * (1 + x / 2 * (1 + x / 3 * (1 + x / 4 * (1 + x / 5 * (1 + x / 6 * (1 + x / 7 * (1 + x / 8)))))));
  return Math.abs(x) < 0.5 ? series : portableExp(x) - 1;
}`;

/** NaN below 0 and -Infinity at 0: a shading language's log may be anything there. */
const log = `(x) {
  return x > 0 ? Math.log(x) : (x < 0 ? Math.sqrt(x) : -1 / Math.abs(x));
}`;

/** log(1 + x) = 2 artanh(s), s = x / (2 + x), by the series of artanh for |s| <= 1/3. */
const log1p = `(x) {
  const s = x / (2 + x);
  const z = s * s;
  const tail = 1 / 5 + z * (1 / 7 + z * (1 / 9 + z * (1 / 11 + z * (1 / 13 + z / 15))));
  return x > -0.5 && x < 1 ? 2 * s * (1 + z * (1 / 3 + z * tail)) : portableLog(1 + x);
}`;

/** x + x^3/3! + ... for small x. */
const sinh = `(x) {
  const z = x * x;
  const series = x * (1 + z / 6 * (1 + z / 20 * (1 + z / 42 * (1 + z / 72))));
  return Math.abs(x) < 1 ? series : Math.sinh(x);
}`;

/** tanh x = m / (m + 2), m = expm1(2x); it is 1 in float32 beyond 10. A comparison, unlike min, keeps a NaN. */
const tanh = `(x) {
  const inside = x > 10 ? 10 : (x < -10 ? -10 : x);
  const m = portableExpm1(2 * inside);
  return m / (m + 2);
}`;

/** asinh |x| = log1p(|x| + x^2 / (1 + sqrt(1 + x^2))), and log(2 |x|) where x^2 overflows. */
const asinh = `(x) {
  const a = Math.abs(x);
  const z = a > 10000 ? 1 : a * a;
  const far = Math.log(a) + 0.6931471805599453;
  const near = portableLog1p(a + z / (1 + Math.sqrt(1 + z)));
  return (x < 0 ? -1 : 1) * (a > 10000 ? far : near);
}`;

/** acosh x = log1p(t + sqrt(2t + t^2)), t = x - 1, and log(2x) where x^2 overflows. */
const acosh = `(x) {
  const t = x > 10000 ? 1 : x - 1;
  const far = Math.log(x) + 0.6931471805599453;
  const near = portableLog1p(t + Math.sqrt(2 * t + t * t));
  return x > 10000 ? far : (x < 1 ? Math.sqrt(x - 1) : near);
}`;

/** atanh |x| = log1p(2 |x| / (1 - |x|)) / 2 */
const atanh = `(x) {
  const a = Math.abs(x);
  return (x < 0 ? -0.5 : 0.5) * portableLog1p(2 * a / (1 - a));
}`;

/** x^y for x < 0 is (-1)^y |x|^y at whole y, and NaN (a root of a negative number) elsewhere. */
const pow = `(x, y) {
  const size = Math.pow(Math.abs(x), y);
  const half = y * 0.5;
  const signed = half - Math.floor(half) > 0 ? -size : size;
  const root = x > -Infinity ? Math.sqrt(x) : size;
  const negative = y - Math.floor(y) > 0 ? root : signed;
  const known = (x >= 0 || x < 0) && (y >= 0 || y < 0) ? (x < 0 ? negative : size) : x + y;
  return y === 0 ? 1 : known;
}`;

const sign = `(x) {
  return x > 0 ? 1 : (x < 0 ? -1 : x);
}`;

/** Ordered comparisons are false for NaN, so that a NaN reaches the sum. */
const max = `(x, y) {
  return x > y ? x : (y >= x ? y : x + y);
}`;

const min = `(x, y) {
  return x < y ? x : (y <= x ? y : x + y);
}`;

const functions: Readonly<Record<string, string>> = {
  exp,
  expm1,
  log,
  log1p,
  sinh,
  tanh,
  asinh,
  acosh,
  atanh,
  pow,
  sign,
  max,
  min,
};

const calls = new RegExp(`\\bMath\\.(${Object.keys(functions).join("|")})\\b`, "g");

function portableName(name: string): string {
  return `portable${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** Makes the functions above known to a back-end; a kernel carries only those that it calls. */
export function addPortableMath(gpujs: GpuJs): void {
  for (const [name, text] of Object.entries(functions)) {
    const argumentTypes = text.startsWith("(x, y)")
      ? ({ x: "Number", y: "Number" } as const)
      : ({ x: "Number" } as const);
    gpujs.addFunction(`function ${portableName(name)}${text}`, { argumentTypes, returnType: "Number" });
  }
}

/** The kernel text with calls of the functions above in place of JavaScript's. */
export function withPortableMath(source: string): string {
  return source.replaceAll(calls, (_, name: string) => portableName(name));
}
