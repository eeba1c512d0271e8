export { newton } from "./newton.js";
export type { NewtonOptions } from "./newton.js";
