export { vectorsOf, whenWorthwhile } from "./when-worthwhile.js";
