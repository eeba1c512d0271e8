import type { Kernel, KernelConstants } from "../kernels/kernel.js";
import type { PlanDescription } from "../plan/description.js";
import { DeviceError, reasonOf } from "./device-error.js";
import { DevicePlan } from "./device-plan.js";
import type { DeclinedMode, Device, DeviceInput, DeviceMode } from "./device.js";
import type { GpuJs, GpuJsKernel } from "./gpujs-types.js";
import { KernelCache } from "./kernel-cache.js";
import { addExactIndexing, withExactIndexing } from "./shader-index.js";
import { addPortableMath, withPortableMath } from "./shader-math.js";

/** Beyond this an index plus one half, from which kernels compute quotients, is no float32 any more. */
const MAX_LENGTH = 2 ** 23;

/** gpu.js silently stops a loop whose bounds it cannot prove after this many rounds; its default is 1000. */
const LOOP_LIMIT = 2 ** 30;

/** Each holds its own memory of the size of its arrays on webasm. */
const MAX_KERNELS = 256;

/** A gpu.js back-end as a Device. */
export class GpuJsDevice implements Device {
  readonly requested: DeviceMode | undefined;
  readonly backend: DeviceMode;
  readonly declined: readonly DeclinedMode[];
  readonly #gpujs: GpuJs;
  readonly #kernels = new KernelCache(MAX_KERNELS);
  readonly #shaders: boolean;
  #disposed = false;

  constructor(
    gpujs: GpuJs,
    backend: DeviceMode,
    requested: DeviceMode | undefined,
    declined: readonly DeclinedMode[],
  ) {
    this.#gpujs = gpujs;
    this.backend = backend;
    this.requested = requested;
    this.declined = declined;
    this.#shaders = backend !== "webasm" && backend !== "cpu";
    if (this.#shaders) {
      addExactIndexing(gpujs);
      addPortableMath(gpujs);
    }
  }

  async run(
    kernel: Pick<Kernel, "name" | "source">,
    inputs: readonly DeviceInput[],
    constants: KernelConstants,
    length: number,
  ): Promise<Float32Array> {
    if (this.#disposed) throw new DeviceError(`kernel ${kernel.name}: the device has been disposed of`);
    checkLengths(kernel.name, inputs, length);
    checkConstants(kernel.name, constants);
    if (length === 0) return new Float32Array(0);

    const lengths = [length, ...inputs.map((input) => input.length)].join();
    const key = `${lengths} ${JSON.stringify(constants)} ${kernel.source}`;
    const entry = this.#kernels.get(key, () => this.#compile(kernel.source, constants, length));
    const result = this.#call(kernel.name, entry.compiled, inputs);
    entry.settled = Promise.allSettled([entry.settled, result]).then(() => undefined);
    return result;
  }

  plan(description: PlanDescription): DevicePlan {
    return new DevicePlan((...args) => this.run(...args), description);
  }

  [Symbol.dispose](): void {
    if (this.#disposed) return;
    this.#disposed = true;
    void this.#kernels.clear().then(() => this.#gpujs.destroy());
  }

  #compile(source: string, constants: KernelConstants, length: number): GpuJsKernel {
    const text = this.#shaders ? withPortableMath(withExactIndexing(source)) : source;
    return this.#gpujs.createKernel(text, {
      output: [length],
      constants,
      precision: "single",
      loopMaxIterations: LOOP_LIMIT,
    });
  }

  async #call(name: string, compiled: GpuJsKernel, inputs: readonly DeviceInput[]): Promise<Float32Array> {
    let result: unknown;
    try {
      result = await compiled(...inputs.map(asFloat32));
    } catch (thrown) {
      throw new DeviceError(`kernel ${name} failed on ${this.backend}: ${reasonOf(thrown)}`);
    }
    // The class is compared, not its name: every WebGL class calls its mode "gpu".
    const ran = compiled.kernel.constructor;
    if (ran !== this.#gpujs.Kernel) {
      const why = compiled.fallbackReason ?? "gpu.js gives no reason";
      throw new DeviceError(`kernel ${name} ran on ${ran.mode}, not on ${this.backend}: ${why}`);
    }
    if (!(result instanceof Float32Array)) {
      throw new DeviceError(`kernel ${name} on ${this.backend}: the result is not a Float32Array`);
    }
    return result;
  }
}

/** Also the cpu back-end is to see float32 inputs; and an empty array, which gpu.js cannot take, becomes one 0. */
function asFloat32(input: DeviceInput): Float32Array {
  if (input.length === 0) return new Float32Array(1);
  return input instanceof Float32Array ? input : Float32Array.from(input);
}

function checkLengths(name: string, inputs: readonly DeviceInput[], length: number): void {
  if (!Number.isInteger(length) || length < 0) {
    throw new DeviceError(`kernel ${name}: the output length must be a whole number >= 0, not ${length}`);
  }
  const longest = Math.max(length, ...inputs.map((input) => input.length));
  if (longest > MAX_LENGTH) {
    throw new DeviceError(
      `kernel ${name}: an array of ${longest} elements; a device computes indices in float32, exact up to ${MAX_LENGTH}. ` +
        "Split the array, or use the host",
    );
  }
}

function checkConstants(name: string, constants: KernelConstants): void {
  for (const [constant, value] of Object.entries(constants)) {
    if (!Number.isFinite(Math.fround(value))) {
      throw new DeviceError(
        `kernel ${name}: the constant ${constant} is ${value}, which is not finite in float32; pass it as an input`,
      );
    }
  }
}
