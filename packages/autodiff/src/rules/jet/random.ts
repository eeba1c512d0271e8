import { byDerivative, constant } from "./families.js";

/** Samples, as functions of their parameters. */
export const randomJet = {
  randomSample: constant,
  randomFold: constant,
  randomGamma: byDerivative,
  randomGammaSlope: byDerivative,
  truncatedNormalQuantile: byDerivative,
  lerp: byDerivative,
};
