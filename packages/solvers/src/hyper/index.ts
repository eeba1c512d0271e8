export { checkBounds, checkScaling, checkValues, checkWeights } from "./check.js";
export { pair } from "./pair.js";
export { spread } from "./spread.js";
export type { Hyper } from "./spread.js";
