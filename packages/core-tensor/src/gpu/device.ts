import type { PlanDescription } from "../plan/description.js";
import type { DevicePlan } from "./device-plan.js";
import type { Kernel, KernelConstants } from "../kernels/kernel.js";

/** Where kernels run: a shader language, WebAssembly, or plain JavaScript. */
export type DeviceMode = "webgpu" | "webgl2" | "webgl" | "webasm" | "cpu";

/** A mode that was tried and did not run, and why. */
export interface DeclinedMode {
  readonly mode: DeviceMode;
  readonly reason: string;
}

/** An array that a kernel can read. Everything becomes float32 on a device. */
export type DeviceInput = Float32Array | Float64Array | Int32Array | Uint8Array;

/**
 * Something that runs kernels in float32. It owns compiled kernels, and on a GPU memory: dispose of it when done.
 *
 * Precision is the back-end's. `webasm` rounds every operation to float32; `cpu` computes in float64 and rounds the
 * result. On `webgpu` and `webgl2` the shading language decides: an absolute error of 2^-11 in sin and cos on
 * [-pi, pi], 3 + 2|x| units in the last place in exp, and no promise about NaN, infinities and subnormal numbers.
 */
export interface Device {
  /** The mode that was asked for; undefined if the choice was left to `gpu`. */
  readonly requested: DeviceMode | undefined;
  /** The mode that really runs, as seen on a probe kernel and checked again on every run. */
  readonly backend: DeviceMode;
  /** The modes that were tried before `backend`. */
  readonly declined: readonly DeclinedMode[];

  /**
   * Computes out[t] for t = 0, ..., length - 1. A kernel is compiled once per text, constants and lengths.
   *
   * @param kernel - text in gpu.js's dialect; see `Kernel`
   * @param inputs - flat arrays in the order of the kernel's parameters, read before `run` returns its promise; webgpu
   *   takes 7 at most
   * @param constants - what the kernel reads as `this.constants`; finite in float32
   * @param length - elements of the output. No array may exceed 2^23 elements: an index is a float32
   * @returns a new array
   * @throws DeviceError if the kernel does not compile, or did not run on `backend`
   */
  run(
    kernel: Pick<Kernel, "name" | "source">,
    inputs: readonly DeviceInput[],
    constants: KernelConstants,
    length: number,
  ): Promise<Float32Array>;

  /**
   * Makes a plan of kernels on this device: what `jit(f, { device })` runs.
   *
   * @throws DeviceError for a step that a device has no kernel for
   */
  plan(description: PlanDescription): DevicePlan;

  /** Gives back the memory of the device; it must not be used afterwards. */
  [Symbol.dispose](): void;
}
