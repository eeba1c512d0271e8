import * as arithmetic from "../../ops/arithmetic.js";
import * as special from "../../ops/special.js";
import * as trigonometric from "../../ops/trigonometric.js";
import type { Like } from "../like.js";
import type { Tensor } from "../tensor.js";
import { providedFor } from "./provided.js";

/**
 * More functions, element by element. Each is the function of its name with this tensor first. In a bundle of an
 * application `lgamma` and `digamma` are there if one of the functions is imported somewhere; else they throw
 * NotBundledError, which says so.
 */
export abstract class FunctionMethods {
  round(this: Tensor): Tensor {
    return arithmetic.round(this);
  }

  asin(this: Tensor): Tensor {
    return trigonometric.asin(this);
  }

  acos(this: Tensor): Tensor {
    return trigonometric.acos(this);
  }

  atan(this: Tensor): Tensor {
    return trigonometric.atan(this);
  }

  sinh(this: Tensor): Tensor {
    return trigonometric.sinh(this);
  }

  cosh(this: Tensor): Tensor {
    return trigonometric.cosh(this);
  }

  erf(this: Tensor): Tensor {
    return special.erf(this);
  }

  erfc(this: Tensor): Tensor {
    return special.erfc(this);
  }

  erfinv(this: Tensor): Tensor {
    return special.erfinv(this);
  }

  lgamma(this: Tensor): Tensor {
    return providedFor("lgamma")(this);
  }

  digamma(this: Tensor): Tensor {
    return providedFor("digamma")(this);
  }

  atan2(this: Tensor, x: Like): Tensor {
    return trigonometric.atan2(this, x);
  }

  mod(this: Tensor, b: Like): Tensor {
    return arithmetic.mod(this, b);
  }

  logaddexp(this: Tensor, b: Like): Tensor {
    return arithmetic.logaddexp(this, b);
  }
}
