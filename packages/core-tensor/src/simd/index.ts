export { factors } from "./factors.js";
export { functions } from "./functions.js";
export type { SimdFunction } from "./functions.js";
export { hostKernels } from "./host-kernels.js";
export { allocateBlock, releaseBlock, scratch, sharedMemory, views } from "./memory.js";
export type { ModuleState } from "./module.js";
export { products } from "./products.js";
export { changes, keepNoCopies, residentCopies } from "./resident.js";
export { triangles } from "./triangles.js";
