export { isTypedArray } from "../dtype/index.js";
export { stridesOf } from "../shape/index.js";
export { textOf } from "../kernels/fused.js";
export { branching, calling, looping } from "./control.js";
export type { PlanDescription, SlotView, StepDescription } from "./description.js";
export type { Access, FusedKernel, FusedValue } from "./fused-kernel.js";
export { fusedLoop } from "./fused-loop.js";
export type { PlanMemory } from "./memory.js";
export { Plan } from "./plan.js";
