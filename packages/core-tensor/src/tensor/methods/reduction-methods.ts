import * as extrema from "../../ops/arg-extremum.js";
import type { ArgOptions } from "../../ops/arg-extremum.js";
import * as norms from "../../ops/norm.js";
import * as prods from "../../ops/prod.js";
import * as products from "../../ops/products.js";
import * as reduce from "../../ops/reduce.js";
import type { ReduceOptions } from "../../ops/reduce.js";
import { tensordot, type TensordotAxes } from "../../ops/tensordot.js";
import * as truth from "../../ops/truth.js";
import * as variances from "../../ops/variance.js";
import type { VarianceOptions } from "../../ops/variance.js";
import type { Axes } from "../../shape/index.js";
import type { Like } from "../like.js";
import { ElementwiseMethods } from "./elementwise-methods.js";
import type { Tensor } from "../tensor.js";

/** Reductions and products. Each is the function of its name with this tensor first. */
export abstract class ReductionMethods extends ElementwiseMethods {
  sum(this: Tensor, options?: ReduceOptions): Tensor {
    return reduce.sum(this, options);
  }

  mean(this: Tensor, options?: ReduceOptions): Tensor {
    return reduce.mean(this, options);
  }

  max(this: Tensor, options?: ReduceOptions): Tensor {
    return reduce.max(this, options);
  }

  min(this: Tensor, options?: ReduceOptions): Tensor {
    return reduce.min(this, options);
  }

  logsumexp(this: Tensor, options?: ReduceOptions): Tensor {
    return reduce.logsumexp(this, options);
  }

  softmax(this: Tensor, options?: { readonly axis?: Axes }): Tensor {
    return reduce.softmax(this, options);
  }

  logSoftmax(this: Tensor, options?: { readonly axis?: Axes }): Tensor {
    return reduce.logSoftmax(this, options);
  }

  cumsum(this: Tensor, options?: { readonly axis?: number }): Tensor {
    return reduce.cumsum(this, options);
  }

  prod(this: Tensor, options?: ReduceOptions): Tensor {
    return prods.prod(this, options);
  }

  any(this: Tensor, options?: ReduceOptions): Tensor {
    return truth.any(this, options);
  }

  all(this: Tensor, options?: ReduceOptions): Tensor {
    return truth.all(this, options);
  }

  argmax(this: Tensor, options?: ArgOptions): Tensor {
    return extrema.argmax(this, options);
  }

  argmin(this: Tensor, options?: ArgOptions): Tensor {
    return extrema.argmin(this, options);
  }

  variance(this: Tensor, options?: VarianceOptions): Tensor {
    return variances.variance(this, options);
  }

  std(this: Tensor, options?: VarianceOptions): Tensor {
    return variances.std(this, options);
  }

  cumprod(this: Tensor, options?: { readonly axis?: number }): Tensor {
    return prods.cumprod(this, options);
  }

  norm(this: Tensor, options?: Parameters<typeof norms.norm>[1]): Tensor {
    return norms.norm(this, options);
  }

  matmul(this: Tensor, b: Like): Tensor {
    return products.matmul(this, b);
  }

  dot(this: Tensor, b: Like): Tensor {
    return products.dot(this, b);
  }

  vdot(this: Tensor, b: Like): Tensor {
    return products.vdot(this, b);
  }

  outer(this: Tensor, b: Like): Tensor {
    return products.outer(this, b);
  }

  tensordot(this: Tensor, b: Like, axes?: TensordotAxes): Tensor {
    return tensordot(this, b, axes);
  }
}
