export { probeSymmetry } from "./symmetry.js";
export type { SymmetryProbe } from "./symmetry.js";
