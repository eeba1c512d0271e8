export { normalizeAxes, normalizeAxis, reduceShape } from "./axes.js";
export type { Axes } from "./axes.js";
export { broadcastShapes, checkShape, formatShape, sameShape, sizeOf, stridesOf } from "./shape.js";
export type { Shape } from "./shape.js";
