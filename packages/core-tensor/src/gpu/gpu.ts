import { DeviceError, reasonOf } from "./device-error.js";
import type { DeclinedMode, Device, DeviceMode } from "./device.js";
import { GpuJsDevice } from "./gpujs-device.js";
import type { GpuJs, GpuJsConstructor } from "./gpujs-types.js";
import { loadGpuJs } from "./load-gpujs.js";
import { probe } from "./probe.js";

/** Which device to open. */
export interface GpuOptions {
  /**
   * The back-end to use, and no other.
   * @defaultValue the first of webgpu, webgl2, webasm, cpu that runs
   */
  readonly mode?: DeviceMode;
}

const modes: readonly DeviceMode[] = ["webgpu", "webgl2", "webasm", "cpu"];

/**
 * Opens a device: the given mode, or else the first of webgpu, webgl2, webasm and cpu that runs here.
 *
 * Being supported is not believed but tried: a mode counts if it computes a small kernel right, by itself. The modes
 * that did not are listed with the reason in `declined`. Devices compute in float32; see `Device` for the precision.
 *
 * @throws DeviceError if gpu.js is not installed, or if the mode that was asked for does not really run here.
 *
 * @example
 * const device = await gpu({ mode: "webasm" });
 * const twice = { name: "twice", source: "function(x) { return 2 * x[this.thread.x]; }" };
 * await device.run(twice, [Float32Array.of(1, 2, 3)], {}, 3); // Float32Array [2, 4, 6]
 * device[Symbol.dispose]();
 */
export async function gpu(options: GpuOptions = {}): Promise<Device> {
  const { mode: requested } = options;
  const Gpu = await loadGpuJs();
  const declined: DeclinedMode[] = [];
  for (const mode of requested === undefined ? modes : [requested]) {
    try {
      return await open(Gpu, mode, requested, [...declined]);
    } catch (thrown) {
      declined.push({ mode, reason: reasonOf(thrown) });
    }
  }
  const reasons = declined.map(({ mode, reason }) => `${mode} (${reason})`).join(", ");
  throw new DeviceError(
    requested === undefined
      ? `gpu: no back-end runs here: ${reasons}`
      : `gpu: the requested mode does not run here: ${reasons}. Leave the mode out to take the best that does`,
  );
}

async function open(
  Gpu: GpuJsConstructor,
  mode: DeviceMode,
  requested: DeviceMode | undefined,
  declined: readonly DeclinedMode[],
): Promise<Device> {
  const device = new GpuJsDevice(start(Gpu, mode), mode, requested, declined);
  try {
    await probe(device);
    return device;
  } catch (thrown) {
    device[Symbol.dispose]();
    throw thrown;
  }
}

function start(Gpu: GpuJsConstructor, mode: DeviceMode): GpuJs {
  try {
    return new Gpu({ mode });
  } catch (thrown) {
    throw new DeviceError(`not supported in this environment: ${reasonOf(thrown)}`);
  }
}
