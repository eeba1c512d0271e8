import type { ModuleState } from "./module.js";
import { products } from "./products.js";

/**
 * Do the fast kernels of the host (WebAssembly SIMD) run here, and if not, why? Without them everything still works, with
 * the same bits, in plain loops that are several times slower. "compiling" passes by itself: some pages may compile only
 * beside the main thread.
 *
 * @example
 * ```ts
 * hostKernels().status; // => "ready"
 * ```
 */
export function hostKernels(): ModuleState {
  return products.state();
}
