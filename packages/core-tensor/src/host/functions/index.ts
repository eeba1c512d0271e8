export { exp } from "./exp.js";
export { functions, withOwnFunctions } from "./own.js";
export { REACH } from "./trigonometric.js";
