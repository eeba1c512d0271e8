import { bindOne } from "../dispatch/index.js";
import * as p from "../primitives/index.js";
import { asTensor, type Like } from "../tensor/like.js";
import type { Tensor } from "../tensor/tensor.js";
import { promoteAll } from "./promote.js";

const none: p.NoParams = {};

/**
 * a = b, as bool
 *
 * @example
 * ```ts
 * equal([1, 2, NaN], [1, 3, NaN]); // => [true, false, false]
 * ```
 */
export function equal(a: Like, b: Like): Tensor {
  return bindOne(p.equal, promoteAll([a, b]), none);
}

/**
 * a != b, as bool
 *
 * @example
 * ```ts
 * notEqual([1, 2], [1, 3]); // => [false, true]
 * ```
 */
export function notEqual(a: Like, b: Like): Tensor {
  return bindOne(p.notEqual, promoteAll([a, b]), none);
}

/**
 * a < b, as bool
 *
 * @example
 * ```ts
 * less([1, 2, 3], 2); // => [true, false, false]
 * ```
 */
export function less(a: Like, b: Like): Tensor {
  return bindOne(p.less, promoteAll([a, b]), none);
}

/**
 * a <= b, as bool
 *
 * @example
 * ```ts
 * lessEqual([1, 2, 3], 2); // => [true, true, false]
 * ```
 */
export function lessEqual(a: Like, b: Like): Tensor {
  return bindOne(p.lessEqual, promoteAll([a, b]), none);
}

/**
 * a > b, as bool
 *
 * @example
 * ```ts
 * greater([1, 2, 3], 2); // => [false, false, true]
 * ```
 */
export function greater(a: Like, b: Like): Tensor {
  return bindOne(p.greater, promoteAll([a, b]), none);
}

/**
 * a >= b, as bool
 *
 * @example
 * ```ts
 * greaterEqual([1, 2, 3], 2); // => [false, true, true]
 * ```
 */
export function greaterEqual(a: Like, b: Like): Tensor {
  return bindOne(p.greaterEqual, promoteAll([a, b]), none);
}

/**
 * Both not zero, as bool
 *
 * @example
 * ```ts
 * logicalAnd([true, true], [true, false]); // => [true, false]
 * ```
 */
export function logicalAnd(a: Like, b: Like): Tensor {
  return bindOne(p.logicalAnd, promoteAll([a, b]), none);
}

/**
 * At least one not zero, as bool
 *
 * @example
 * ```ts
 * logicalOr([true, false], [false, false]); // => [true, false]
 * ```
 */
export function logicalOr(a: Like, b: Like): Tensor {
  return bindOne(p.logicalOr, promoteAll([a, b]), none);
}

/**
 * Zero, as bool
 *
 * @example
 * ```ts
 * logicalNot([true, false]); // => [false, true]
 * ```
 */
export function logicalNot(x: Like): Tensor {
  return bindOne(p.logicalNot, [asTensor(x)], none);
}

/**
 * Neither infinite nor NaN, as bool
 *
 * @example
 * ```ts
 * isFinite(tensor([1, Infinity, NaN])); // => [true, false, false]
 * ```
 */
export function isFinite(x: Like): Tensor {
  return bindOne(p.isFinite, [asTensor(x)], none);
}

/**
 * NaN, as bool
 *
 * @example
 * ```ts
 * isNaN(tensor([1, Infinity, NaN])); // => [false, false, true]
 * ```
 */
export function isNaN(x: Like): Tensor {
  return bindOne(p.isNaN, [asTensor(x)], none);
}
