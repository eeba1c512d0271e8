import { primitives as p } from "@cotangent/core-tensor";
import { byDerivative, constant } from "./families.js";

/** Samples, as functions of their parameters. */
export const randomJet = {
  randomSample: constant(p.randomSample),
  randomFold: constant(p.randomFold),
  randomGamma: byDerivative(p.randomGamma),
  randomGammaSlope: byDerivative(p.randomGammaSlope),
  truncatedNormalQuantile: byDerivative(p.truncatedNormalQuantile),
  lerp: byDerivative(p.lerp),
};
