import * as activations from "../../ops/activations.js";
import * as arithmetic from "../../ops/arithmetic.js";
import * as compare from "../../ops/compare.js";
import * as elementwise from "../../ops/elementwise.js";
import * as trigonometric from "../../ops/trigonometric.js";
import { stopGradient } from "../../ops/stop-gradient.js";
import type { DType } from "../../dtype/index.js";
import type { Like } from "../like.js";
import type { Tensor } from "../tensor.js";
import { FunctionMethods } from "./function-methods.js";

/** Arithmetic, functions and comparisons, element by element. Each is the function of its name with this tensor first. */
export abstract class ElementwiseMethods extends FunctionMethods {
  neg(this: Tensor): Tensor {
    return elementwise.neg(this);
  }

  abs(this: Tensor): Tensor {
    return elementwise.abs(this);
  }

  sign(this: Tensor): Tensor {
    return elementwise.sign(this);
  }

  floor(this: Tensor): Tensor {
    return arithmetic.floor(this);
  }

  ceil(this: Tensor): Tensor {
    return arithmetic.ceil(this);
  }

  exp(this: Tensor): Tensor {
    return elementwise.exp(this);
  }

  expm1(this: Tensor): Tensor {
    return elementwise.expm1(this);
  }

  log(this: Tensor): Tensor {
    return elementwise.log(this);
  }

  log1p(this: Tensor): Tensor {
    return elementwise.log1p(this);
  }

  sqrt(this: Tensor): Tensor {
    return elementwise.sqrt(this);
  }

  rsqrt(this: Tensor): Tensor {
    return elementwise.rsqrt(this);
  }

  square(this: Tensor): Tensor {
    return elementwise.square(this);
  }

  reciprocal(this: Tensor): Tensor {
    return elementwise.reciprocal(this);
  }

  sin(this: Tensor): Tensor {
    return trigonometric.sin(this);
  }

  cos(this: Tensor): Tensor {
    return trigonometric.cos(this);
  }

  tan(this: Tensor): Tensor {
    return trigonometric.tan(this);
  }

  tanh(this: Tensor): Tensor {
    return trigonometric.tanh(this);
  }

  sigmoid(this: Tensor): Tensor {
    return activations.sigmoid(this);
  }

  softplus(this: Tensor): Tensor {
    return activations.softplus(this);
  }

  relu(this: Tensor): Tensor {
    return activations.relu(this);
  }

  add(this: Tensor, b: Like): Tensor {
    return elementwise.add(this, b);
  }

  sub(this: Tensor, b: Like): Tensor {
    return elementwise.sub(this, b);
  }

  mul(this: Tensor, b: Like): Tensor {
    return elementwise.mul(this, b);
  }

  div(this: Tensor, b: Like): Tensor {
    return elementwise.div(this, b);
  }

  pow(this: Tensor, b: Like): Tensor {
    return elementwise.pow(this, b);
  }

  maximum(this: Tensor, b: Like): Tensor {
    return elementwise.maximum(this, b);
  }

  minimum(this: Tensor, b: Like): Tensor {
    return elementwise.minimum(this, b);
  }

  clip(this: Tensor, lo: Like, hi: Like): Tensor {
    return elementwise.clip(this, lo, hi);
  }

  /** a where this tensor holds (is not 0), b elsewhere */
  where(this: Tensor, a: Like, b: Like): Tensor {
    return elementwise.where(this, a, b);
  }

  stopGradient(this: Tensor): Tensor {
    return stopGradient(this);
  }

  astype(this: Tensor, dtype: DType): Tensor {
    return elementwise.astype(this, dtype);
  }

  equal(this: Tensor, b: Like): Tensor {
    return compare.equal(this, b);
  }

  notEqual(this: Tensor, b: Like): Tensor {
    return compare.notEqual(this, b);
  }

  less(this: Tensor, b: Like): Tensor {
    return compare.less(this, b);
  }

  lessEqual(this: Tensor, b: Like): Tensor {
    return compare.lessEqual(this, b);
  }

  greater(this: Tensor, b: Like): Tensor {
    return compare.greater(this, b);
  }

  greaterEqual(this: Tensor, b: Like): Tensor {
    return compare.greaterEqual(this, b);
  }

  logicalAnd(this: Tensor, b: Like): Tensor {
    return compare.logicalAnd(this, b);
  }

  logicalOr(this: Tensor, b: Like): Tensor {
    return compare.logicalOr(this, b);
  }

  logicalNot(this: Tensor): Tensor {
    return compare.logicalNot(this);
  }

  isFinite(this: Tensor): Tensor {
    return compare.isFinite(this);
  }

  isNaN(this: Tensor): Tensor {
    return compare.isNaN(this);
  }
}
