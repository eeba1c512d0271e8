import { bindOne } from "../dispatch/index.js";
import * as p from "../primitives/index.js";
import { asTensor, type Like } from "../tensor/like.js";
import type { Tensor } from "../tensor/tensor.js";
import { promoteAll } from "./promote.js";

const none: p.NoParams = {};

/** a = b, as bool */
export function equal(a: Like, b: Like): Tensor {
  return bindOne(p.equal, promoteAll([a, b]), none);
}

/** a != b, as bool */
export function notEqual(a: Like, b: Like): Tensor {
  return bindOne(p.notEqual, promoteAll([a, b]), none);
}

/** a < b, as bool */
export function less(a: Like, b: Like): Tensor {
  return bindOne(p.less, promoteAll([a, b]), none);
}

/** a <= b, as bool */
export function lessEqual(a: Like, b: Like): Tensor {
  return bindOne(p.lessEqual, promoteAll([a, b]), none);
}

/** a > b, as bool */
export function greater(a: Like, b: Like): Tensor {
  return bindOne(p.greater, promoteAll([a, b]), none);
}

/** a >= b, as bool */
export function greaterEqual(a: Like, b: Like): Tensor {
  return bindOne(p.greaterEqual, promoteAll([a, b]), none);
}

/** Both not zero, as bool */
export function logicalAnd(a: Like, b: Like): Tensor {
  return bindOne(p.logicalAnd, promoteAll([a, b]), none);
}

/** At least one not zero, as bool */
export function logicalOr(a: Like, b: Like): Tensor {
  return bindOne(p.logicalOr, promoteAll([a, b]), none);
}

/** Zero, as bool */
export function logicalNot(x: Like): Tensor {
  return bindOne(p.logicalNot, [asTensor(x)], none);
}

/** Neither infinite nor NaN, as bool */
export function isFinite(x: Like): Tensor {
  return bindOne(p.isFinite, [asTensor(x)], none);
}

/** NaN, as bool */
export function isNaN(x: Like): Tensor {
  return bindOne(p.isNaN, [asTensor(x)], none);
}
