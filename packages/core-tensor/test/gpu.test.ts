import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { DeviceError, gpu, type Device } from "../src/gpu/index.js";
import { GpuJsDevice } from "../src/gpu/gpujs-device.js";
import type { GpuJs, GpuJsKernelSettings } from "../src/gpu/gpujs-types.js";
import { KernelCache } from "../src/gpu/kernel-cache.js";
import { execute } from "../src/host/execute.js";
import { expectClose } from "./expect-close.js";
import { kernelCatalogue } from "../src/kernels/catalogue.js";

// cpu computes in float64 and rounds once; webasm rounds every operation.
describe.each([
  { mode: "cpu", tolerance: 0 },
  { mode: "webasm", tolerance: 1e-5 },
] as const)("gpu.js in mode $mode", ({ mode, tolerance }) => {
  let device: Device;
  beforeAll(async () => {
    device = await gpu({ mode });
  });
  afterAll(() => {
    device[Symbol.dispose]();
  });

  test("really runs", () => {
    expect(device).toMatchObject({ requested: mode, backend: mode, declined: [] });
  });

  const samples = kernelCatalogue().map((sample, i) => ({ ...sample, title: `${i} ${sample.kernel.name}` }));
  test.each(samples)("agrees with the host on $title", async ({ kernel, inputs, constants, length }) => {
    const want = new Float64Array(length);
    const rounded = inputs.map((input) => Float32Array.from(input));
    execute(kernel, rounded, constants, want);
    expectClose(await device.run(kernel, rounded, constants, length), want, tolerance);
    expect(device.backend).toBe(mode);
  });

  const first = { name: "first", source: "function(x) { return x[0] + this.thread.x; }" };

  test("takes every storage array, rounds it to float32, and gives a new array each time", async () => {
    const inputs = [Float64Array.of(0.1), Float32Array.of(0.1), Int32Array.of(7), Uint8Array.of(1)];
    const results = await Promise.all(inputs.map((input) => device.run(first, [input], {}, 1)));
    expect(results.map((result) => result[0])).toEqual([Math.fround(0.1), Math.fround(0.1), 7, 1]);
    expect(results[1]).not.toBe(await device.run(first, [Float32Array.of(0.1)], {}, 1));
  });

  test("takes other lengths of input and output, none included", async () => {
    expect(await device.run(first, [Float32Array.of(1)], {}, 2)).toEqual(Float32Array.of(1, 2));
    expect(await device.run(first, [Float32Array.of(2, 9, 9)], {}, 2)).toEqual(Float32Array.of(2, 3));
    expect(await device.run(first, [new Float32Array(0)], {}, 0)).toEqual(new Float32Array(0));
    expect(await device.run(first, [new Float32Array(0)], {}, 1)).toEqual(Float32Array.of(0));
  });

  test("runs a loop of more than 1000 rounds to its end, whatever its bounds", async () => {
    const count = {
      name: "count",
      source: `function() {
  let total = 0;
  for (let k = 0; k < this.constants.n * 2; k++) {
    total += 1;
  }
  return total;
}`,
    };
    expect(await device.run(count, [], { n: 2500 }, 1)).toEqual(Float32Array.of(5000));
  });

  test("refuses what float32 cannot hold", async () => {
    await expect(device.run(first, [Float32Array.of(1)], { c: 1e39 }, 1)).rejects.toThrow(
      /constant c is 1e\+39/,
    );
    await expect(device.run(first, [Float32Array.of(1)], { c: NaN }, 1)).rejects.toThrow(DeviceError);
    await expect(device.run(first, [Float32Array.of(1)], {}, 2 ** 23 + 1)).rejects.toThrow(
      /exact up to 8388608/,
    );
    await expect(device.run(first, [Float32Array.of(1)], {}, 1.5)).rejects.toThrow(/whole number/);
  });

  test("names the kernel that does not compile", async () => {
    const broken = { name: "broken", source: "function(x) { return nothing(x[0]); }" };
    await expect(device.run(broken, [Float32Array.of(1)], {}, 1)).rejects.toThrow(
      `kernel broken failed on ${mode}`,
    );
  });

  test("refuses to run once disposed of", async () => {
    const other = await gpu({ mode });
    other[Symbol.dispose]();
    other[Symbol.dispose]();
    await expect(other.run(first, [Float32Array.of(1)], {}, 1)).rejects.toThrow(/disposed/);
  });
});

describe("gpu", () => {
  test("takes the best mode that runs, and says why the others do not", async () => {
    const device = await gpu();
    expect(device.requested).toBeUndefined();
    expect(device.backend).toBe("webasm");
    expect(device.declined.map(({ mode }) => mode)).toEqual(["webgpu", "webgl2"]);
    expect(device.declined[0]!.reason).toMatch(/not supported in this environment/);
    device[Symbol.dispose]();
  });

  test.each(["webgpu", "webgl2", "webgl"] as const)(
    "throws where %s was asked for and does not run",
    async (mode) => {
      await expect(gpu({ mode })).rejects.toThrow(DeviceError);
      await expect(gpu({ mode })).rejects.toMatchObject({
        code: "DEVICE",
        message: expect.stringContaining(mode),
      });
    },
  );
});

/** A back-end whose kernels answer 42 from the class `ran`, and count. */
function fakeGpuJs(ran: { mode: string }, result: unknown = Float32Array.of(42)) {
  const Kernel = { mode: "gpu" };
  const calls = { compiled: [] as GpuJsKernelSettings[], destroyed: 0 };
  const gpujs: GpuJs = {
    Kernel: ran.mode === "gpu" ? ran : Kernel,
    createKernel: (_source, settings) => {
      calls.compiled.push(settings);
      const kernel = { kernel: { constructor: ran }, fallbackReason: "no floats", destroy: () => undefined };
      return Object.assign(() => result, kernel);
    },
    addFunction: () => undefined,
    destroy: () => {
      calls.destroyed++;
      return Promise.resolve();
    },
  };
  return { gpujs, calls };
}

describe("a device", () => {
  const kernel = { name: "answer", source: "function() { return 42; }" };

  test("compiles once per text, constants and lengths", async () => {
    const { gpujs, calls } = fakeGpuJs({ mode: "gpu" });
    const device = new GpuJsDevice(gpujs, "webgl2", undefined, []);
    for (const c of [1, 1, 2]) await device.run(kernel, [], { c }, 1);
    await device.run(kernel, [Float32Array.of(1)], { c: 2 }, 1);
    await device.run(kernel, [Float64Array.of(2)], { c: 2 }, 1);
    expect(calls.compiled.map(({ constants }) => constants["c"])).toEqual([1, 2, 2]);
    device[Symbol.dispose]();
    await new Promise(setImmediate);
    expect(calls.destroyed).toBe(1);
  });

  test("does not pass on what another back-end computed", async () => {
    const device = new GpuJsDevice(fakeGpuJs({ mode: "cpu" }).gpujs, "webgl2", "webgl2", []);
    await expect(device.run(kernel, [], {}, 1)).rejects.toThrow(
      "kernel answer ran on cpu, not on webgl2: no floats",
    );
  });

  test("refuses a result that is not a Float32Array", async () => {
    const device = new GpuJsDevice(fakeGpuJs({ mode: "gpu" }, [42]).gpujs, "webgl2", "webgl2", []);
    await expect(device.run(kernel, [], {}, 1)).rejects.toThrow(/not a Float32Array/);
  });

  test("forgets the kernels used least recently, and destroys them when they have run", async () => {
    const destroyed: string[] = [];
    const cache = new KernelCache(2);
    const compile = (name: string) => () => {
      const compiled = Object.assign(() => 0, {
        kernel: { constructor: { mode: "cpu" } },
        fallbackReason: null,
        destroy: () => void destroyed.push(name),
      });
      return compiled;
    };
    let finish = (): void => undefined;
    cache.get("a", compile("a"));
    cache.get("b", compile("b")).settled = new Promise<void>((resolve) => (finish = resolve));
    cache.get("a", compile("a again"));
    cache.get("c", compile("c"));
    await new Promise(setImmediate);
    expect({ destroyed, size: cache.size }).toEqual({ destroyed: [], size: 2 });
    finish();
    await new Promise(setImmediate);
    expect(destroyed).toEqual(["b"]);
    cache.get("a", () => {
      throw new Error("a was forgotten");
    });
  });
});
