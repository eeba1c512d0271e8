export { erf, erfc } from "./erf.js";
export { erfinv } from "./erfinv.js";
export { lgamma } from "./lgamma.js";
export { polygamma } from "./polygamma.js";
