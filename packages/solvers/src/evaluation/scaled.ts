import { asTensor, astype, mul, type Tensor } from "@cotangent/core-tensor";

/** s g in the dtype of g, for a number s that in compiled code is a scalar tensor. */
export function scaled(s: number | Tensor, g: Tensor): Tensor {
  return mul(g, astype(asTensor(s), g.dtype));
}
