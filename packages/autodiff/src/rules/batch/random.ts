import { leadingAxes } from "./families.js";

/** Samplers: every key of a batch gives what it gives alone. */
export const randomBatch = {
  randomSample: leadingAxes,
  randomFold: leadingAxes,
  randomGamma: leadingAxes,
  randomGammaSlope: leadingAxes,
  truncatedNormalQuantile: leadingAxes,
  lerp: leadingAxes,
};
