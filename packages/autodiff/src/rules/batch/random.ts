import { primitives as p } from "../rule.js";
import { leadingAxes } from "./families.js";

/** Samplers: every key of a batch gives what it gives alone. */
export const randomBatch = {
  randomSample: leadingAxes(p.randomSample),
  randomFold: leadingAxes(p.randomFold),
  randomGamma: leadingAxes(p.randomGamma),
  randomGammaSlope: leadingAxes(p.randomGammaSlope),
  truncatedNormalQuantile: leadingAxes(p.truncatedNormalQuantile),
  lerp: leadingAxes(p.lerp),
};
