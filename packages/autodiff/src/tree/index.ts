export {
  add,
  dot,
  flattenLike,
  leaves,
  map,
  norm,
  onesLike,
  ravel,
  scale,
  structure,
  sub,
  zerosLike,
} from "./operations.js";
export type { Raveled } from "./operations.js";
export { flatten, formatStructure, sameStructure, unflatten } from "./structure.js";
export type { Flat, Structure } from "./structure.js";
export type { Tensors, Tree, TreeLike } from "./types.js";
