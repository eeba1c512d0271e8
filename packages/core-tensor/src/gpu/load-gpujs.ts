import { DeviceError, reasonOf } from "./device-error.js";
import type { GpuJsConstructor } from "./gpujs-types.js";

/**
 * Loads gpu.js, an optional peer dependency, on first use (58 ms; later calls find the module loaded).
 *
 * @throws DeviceError if gpu.js is not installed, or is not the gpu.js that we know.
 */
export async function loadGpuJs(): Promise<GpuJsConstructor> {
  let loaded: unknown;
  try {
    loaded = await import("gpu.js");
  } catch (thrown) {
    throw new DeviceError(
      `gpu: gpu.js could not be loaded (${reasonOf(thrown)}). It is an optional dependency: npm install gpu.js`,
    );
  }
  // gpu.js is CommonJS: Node and bundlers disagree on whether its exports are also named.
  const found = constructorIn(loaded) ?? constructorIn(member(loaded, "default"));
  if (found === undefined)
    throw new DeviceError("gpu: the module gpu.js has no GPU; version 2.24 or later is needed");
  return found;
}

function constructorIn(exports: unknown): GpuJsConstructor | undefined {
  const found = member(exports, "GPU");
  // The browser bundle exports a GPU that carries itself, as GPU.GPU.
  const inner = member(found, "GPU") ?? found;
  return typeof inner === "function" ? (inner as GpuJsConstructor) : undefined;
}

function member(value: unknown, name: string): unknown {
  const holds = (typeof value === "object" && value !== null) || typeof value === "function";
  return holds ? (value as Record<string, unknown>)[name] : undefined;
}
