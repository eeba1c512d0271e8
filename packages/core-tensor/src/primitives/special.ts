import { allocate } from "../dtype/index.js";
import { simdMap, simdMapInto } from "../host/simd/functions.js";
import type { SimdFunction } from "../simd/index.js";
import * as special from "../special/index.js";
import type { PrimitiveName, PrimitiveParams } from "./params.js";
import type { Primitive } from "./primitive.js";

/**
 * A function of one number that runs on the host only: these take cases, tables and, near their zeros, 32 digits, which a
 * kernel text of one expression for float32 devices has no use for.
 */
function hostMap<N extends PrimitiveName>(
  name: N,
  f: (x: number, params: PrimitiveParams[N]) => number,
  simd?: SimdFunction,
): Primitive<N, PrimitiveParams[N]> {
  return {
    name,
    shape: ([x]) => [x!],
    evaluate: ([x], params) => {
      const { content, dtype } = x!;
      const fast = simd && simdMap(simd, content);
      if (fast) return [fast];
      const out = allocate(dtype, content.length);
      for (let i = 0; i < out.length; i++) out[i] = f(content[i]!, params);
      return [out];
    },
    prepare:
      (_, params) =>
      ([x], [out]) => {
        if (simd && simdMapInto(simd, x!, out!)) return;
        for (let i = 0; i < out!.length; i++) out![i] = f(x![i]!, params);
      },
  };
}

export const erf: Primitive<"erf"> = hostMap("erf", special.erf, "erf");
export const erfc: Primitive<"erfc"> = hostMap("erfc", special.erfc);
export const erfinv: Primitive<"erfinv"> = hostMap("erfinv", special.erfinv);
export const lgamma: Primitive<"lgamma"> = hostMap("lgamma", special.lgamma);
/** digamma is the one of order 0 */
export const polygamma = hostMap("polygamma", (x, { order }) => special.polygamma(order, x));
