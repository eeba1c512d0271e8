import { exp, expm1 } from "./exp.js";
import { cosh, sinh } from "./hyperbolic.js";
import { acos, asin, atan, atan2 } from "./inverse-trigonometric.js";
import { log, log1p } from "./log.js";
import { cos, sin, tan } from "./trigonometric.js";

/**
 * The functions that the host computes itself instead of asking the engine: so their bits are the same in every engine, in
 * SIMD and in plain loops.
 */
export const functions = { exp, expm1, log, log1p, sin, cos, tan, asin, acos, atan, atan2, sinh, cosh };

const called = new RegExp(`\\bMath\\.(${Object.keys(functions).join("|")})\\(`, "g");

/**
 * A text in which `Math.exp(` and the like are calls of `own`, to which the caller binds `functions`: whatever compiles a
 * kernel text for the host needs it, so that all agree to the last bit: `Math.exp(a) + Math.abs(a)` becomes
 * `own.exp(a) + Math.abs(a)`.
 */
export function withOwnFunctions(text: string): string {
  return text.replaceAll(called, "own.$1(");
}
