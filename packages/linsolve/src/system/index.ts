export { LinearSystem } from "./system.js";
export type { SystemParts, View } from "./system.js";
