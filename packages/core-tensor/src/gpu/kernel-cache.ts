import type { GpuJsKernel } from "./gpujs-types.js";

/** A compiled kernel, and its last run: it may not be destroyed before that has settled. */
export interface CachedKernel {
  readonly compiled: GpuJsKernel;
  settled: Promise<void>;
}

/** Compiled kernels by key, the least recently used first; beyond `capacity` the oldest is destroyed. */
export class KernelCache {
  readonly #entries = new Map<string, CachedKernel>();
  readonly #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string, compile: () => GpuJsKernel): CachedKernel {
    const entry = this.#entries.get(key) ?? { compiled: compile(), settled: Promise.resolve() };
    // A Map iterates in order of insertion: inserting again makes the entry the youngest.
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    for (const [oldest, { compiled, settled }] of this.#entries) {
      if (this.#entries.size <= this.#capacity) break;
      this.#entries.delete(oldest);
      void settled.then(() => {
        compiled.destroy();
      });
    }
    return entry;
  }

  /** Forgets the kernels, and answers when none is running any more. Destroying them is left to their owner. */
  async clear(): Promise<void> {
    const running = [...this.#entries.values()].map((entry) => entry.settled);
    this.#entries.clear();
    await Promise.all(running);
  }
}
