export { arange, eye, full, linspace, ones, onesLike, tensor, zeros, zerosLike } from "./create.js";
export type { CreateOptions } from "./create.js";
export { allNumbers, checkNumbers, hostArray } from "./host-array.js";
export { asTensor, isNumeric, isTensor } from "./like.js";
export type { Like } from "./like.js";
export type { Nested } from "./nested.js";
export { Tensor } from "./tensor.js";
