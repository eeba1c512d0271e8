export { LinearSystem } from "./system.js";
export type { Product, SystemParts, View } from "./system.js";
