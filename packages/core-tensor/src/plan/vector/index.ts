export { compileVectors } from "./compile-vectors.js";
export type { RunVectors } from "./compile-vectors.js";
export { savedTime } from "./saved-time.js";
export { vectorKernel } from "./vector-kernel.js";
