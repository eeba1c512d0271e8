/**
 * Devices, through gpu.js.
 *
 * @module @cotangent/core-tensor/gpu
 */
export type { DeclinedMode, Device, DeviceInput, DeviceMode } from "./device.js";
export type { DevicePlan } from "./device-plan.js";
export { DeviceError } from "./device-error.js";
export { gpu, type GpuOptions } from "./gpu.js";
