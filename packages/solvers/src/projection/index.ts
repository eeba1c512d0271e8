export { box } from "./box.js";
export { l1Ball } from "./l1-ball.js";
export { l2Ball } from "./l2-ball.js";
export { nonNegative } from "./non-negative.js";
export { simplex } from "./simplex.js";
