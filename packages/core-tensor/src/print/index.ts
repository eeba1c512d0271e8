export { format } from "./format.js";
export type { FormatOptions } from "./options.js";
export { print } from "./print.js";
