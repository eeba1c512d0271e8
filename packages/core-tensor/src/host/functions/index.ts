export { exp } from "./exp.js";
export { log } from "./log.js";
export { functions, withOwnFunctions } from "./own.js";
export { REACH, sin } from "./trigonometric.js";
