export { vectorMap } from "./vector-map.js";
export { vectorsOrNone } from "./vector-kernel.js";
export { candidate, candidateOf, whenWorthwhile } from "./when-worthwhile.js";
