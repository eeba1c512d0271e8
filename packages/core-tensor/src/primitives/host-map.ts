import { simdMapInto } from "../host/simd/functions.js";
import type { SimdFunction } from "../simd/index.js";
import { intoNewArrays } from "./into-new-arrays.js";
import type { PrimitiveName, PrimitiveParams } from "./params.js";
import type { Primitive } from "./primitive.js";

/**
 * A function of one number that runs on the host only: these take cases, tables and, near their zeros, 32 digits, which a
 * kernel text of one expression for float32 devices has no use for.
 */
export function hostMap<N extends PrimitiveName>(
  name: N,
  f: (x: number, params: PrimitiveParams[N]) => number,
  simd?: SimdFunction,
): Primitive<N, PrimitiveParams[N]> {
  return {
    name,
    shape: ([x]) => [x!],
    evaluate: intoNewArrays,
    prepare:
      (_, params) =>
      ([x], [out]) => {
        if (simd && simdMapInto(simd, x!, out!)) return;
        for (let i = 0; i < out!.length; i++) out![i] = f(x![i]!, params);
      },
  };
}
