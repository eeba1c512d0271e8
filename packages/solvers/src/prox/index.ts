export { elasticNet } from "./elastic-net.js";
export { fromProjection } from "./from-projection.js";
export { groupLasso } from "./group-lasso.js";
export { lasso } from "./lasso.js";
export { none } from "./none.js";
export { ridge } from "./ridge.js";
