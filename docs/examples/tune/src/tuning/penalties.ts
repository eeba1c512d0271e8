import { tensor, type Tensor } from "@cotangent/core-tensor";

/** From hardly any penalty to one that leaves no feature any weight, for standardised features. */
const smallest = 1e-4;
const largest = 1e1;

/** How far beyond the grid a penalty of its own may go; past this a change of it changes nothing. */
const margin = 100;

/** Values with equal ratios, both ends included. */
export function penaltyGrid(count: number): number[] {
  return Array.from({ length: count }, (_, i) => smallest * (largest / smallest) ** (i / (count - 1)));
}

/** The limits of theta, the logarithm of a penalty. */
export const bounds = { lower: Math.log(smallest / margin), upper: Math.log(largest * margin) };

/** The same log-penalty for every feature. */
export function samePenalty(penalty: number, features: number): Tensor {
  return tensor(new Float64Array(features).fill(Math.log(penalty)));
}
