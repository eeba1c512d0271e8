export { vectorMap } from "./vector-map.js";
export { candidateOf, whenWorthwhile } from "./when-worthwhile.js";
