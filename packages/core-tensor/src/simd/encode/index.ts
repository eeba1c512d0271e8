export {
  at,
  call,
  load32Splat,
  localGet,
  localSet,
  plus,
  repeatWhileBelow,
  shiftedSum,
  shuffle,
  splat,
  splat32,
  storeLane,
  vector,
  vector32,
} from "./instructions.js";
export type { Code, VectorInstruction } from "./instructions.js";
export { encodeModule } from "./module.js";
