import { batchDerivativeLaws, batchLaws } from "./batches.js";
import { derivativeLaws, zeroLaw } from "./derivatives.js";
import { jetLaw, nextCoefficientLaw } from "./jets.js";
import type { PrimitiveLaw } from "./law.js";
import { transposeLaw } from "./transposes.js";

/** Every law that the rules of a primitive are tested with, and how often. */
export const primitiveLaws: readonly (PrimitiveLaw & { readonly numRuns: number })[] = [
  ...[...derivativeLaws, zeroLaw].map((law) => ({ ...law, numRuns: 25 })),
  { ...transposeLaw, numRuns: 100 },
  ...[...batchLaws, ...batchDerivativeLaws].map((law) => ({ ...law, numRuns: 25 })),
  ...[jetLaw, nextCoefficientLaw].map((law) => ({ ...law, numRuns: 6 })),
];
