export { probeVector } from "./random.js";
export { allFinite, asFloat64, axpy, difference, dot, norm, scale, xpay } from "./vector.js";
