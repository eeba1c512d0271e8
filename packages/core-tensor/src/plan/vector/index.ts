export { vectorMap } from "./vector-map.js";
export { vectorsOf, whenWorthwhile } from "./when-worthwhile.js";
