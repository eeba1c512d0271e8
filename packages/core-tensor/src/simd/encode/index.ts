export {
  at,
  call,
  localGet,
  localSet,
  plus,
  repeatWhileBelow,
  shiftedSum,
  splat,
  storeLane,
  vector,
} from "./instructions.js";
export type { Code } from "./instructions.js";
export { encodeModule } from "./module.js";
