export { expressionOf, fuse } from "./fuse.js";
export type { Expression } from "./expression.js";
