export { probeVector } from "./random.js";
export { allFinite, axpy, difference, dot, norm, scale } from "./vector.js";
