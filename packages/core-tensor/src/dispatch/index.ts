export { bind, bindOne, peel, topTrace, tracedOf } from "./bind.js";
export { formatOrigin, originOf, placeOfUser } from "./origin.js";
export type { Origin } from "./origin.js";
export {
  checkTraced,
  heldTraces,
  hold,
  isolate,
  liveTraces,
  resumable,
  tracing,
  withTrace,
} from "./scope.js";
export type { Trace, Traced } from "./trace.js";
