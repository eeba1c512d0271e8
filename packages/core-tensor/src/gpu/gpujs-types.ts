/*
 * What we use of gpu.js 2.24, and no more. Its own typings declare a kernel's result as a wide union of `any`-like
 * members; a call on flat inputs with a one-dimensional output gives a Float32Array, or a promise of one on webgpu.
 */

/** A back-end's kernel class. `mode` is coarse: all WebGL classes say "gpu". */
interface GpuJsKernelClass {
  readonly mode: string;
}

/** A compiled kernel: call it with its inputs. */
export interface GpuJsKernel {
  (...inputs: readonly Float32Array[]): unknown;
  /** The kernel that really runs; gpu.js replaces it by a cpu kernel when it falls back. */
  readonly kernel: { readonly constructor: GpuJsKernelClass };
  readonly fallbackReason: string | null;
  destroy(): void;
}

export interface GpuJsKernelSettings {
  readonly output: readonly [number];
  readonly constants: Readonly<Record<string, number>>;
  readonly precision: "single";
  readonly loopMaxIterations: number;
}

interface GpuJsFunctionSettings {
  readonly argumentTypes: Readonly<Record<string, "Number">>;
  readonly returnType: "Number";
}

/** One back-end with its kernels. */
export interface GpuJs {
  /** The class that kernels of the requested mode have, as long as they do not fall back. */
  readonly Kernel: GpuJsKernelClass;
  createKernel(source: string, settings: GpuJsKernelSettings): GpuJsKernel;
  addFunction(source: string, settings: GpuJsFunctionSettings): unknown;
  destroy(): Promise<void>;
}

/** The constructor `GPU`. It throws where the mode is not supported. */
export type GpuJsConstructor = new (settings: { readonly mode: string }) => GpuJs;
