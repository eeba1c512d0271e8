import { add, mul } from "../ops/elementwise.js";
import type { Shape } from "../shape/index.js";
import type { Like } from "../tensor/like.js";
import type { Tensor } from "../tensor/tensor.js";
import { checkKey } from "./key.js";
import { fitParameters, floatOf, optionsOf, type FloatDType, type SampleOptions } from "./options.js";

/** Options of distributions that are moved and stretched. */
export interface LocationScaleOptions extends SampleOptions {
  /** Added to standard samples. @defaultValue 0 */
  readonly loc?: Like;
  /** Multiplies standard samples; not negative. @defaultValue 1 */
  readonly scale?: Like;
}

/** loc + scale z for standard samples z: a reparameterisation, so differentiable in loc and scale. */
export function locationScale(
  key: Tensor,
  options: Shape | LocationScaleOptions,
  where: string,
  standard: (shape: Shape, dtype: FloatDType) => Tensor,
): Tensor {
  const { loc = 0, scale = 1, ...rest } = optionsOf<LocationScaleOptions>(options);
  checkKey(key, where);
  const dtype = floatOf(rest.dtype, `random.${where}`);
  const { shape, fitted } = fitParameters([loc, scale], rest.shape, dtype, `random.${where}`);
  const samples = standard(shape, dtype);
  const stretched = scale === 1 ? samples : mul(fitted[1]!, samples);
  return loc === 0 ? stretched : add(fitted[0]!, stretched);
}
