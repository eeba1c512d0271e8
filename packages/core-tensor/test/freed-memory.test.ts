import { expect, jest, test } from "@jest/globals";

test("the first large array makes the allocator keep the memory of others, once", async () => {
  const sizes: number[] = [];
  const Original = ArrayBuffer;
  globalThis.ArrayBuffer = new Proxy(Original, {
    construct: (_, [bytes]: [number]) => {
      sizes.push(bytes);
      return new Original(bytes);
    },
  });
  try {
    // A module keeps the ArrayBuffer that was there when it was loaded: load it now.
    await jest.isolateModulesAsync(async () => {
      const { allocate } = await import("../src/dtype/index.js");
      sizes.length = 0;
      allocate("float64", 5000);
      expect(sizes).toEqual([]);
      allocate("float64", 20_000);
      allocate("float32", 40_000);
    });
    // Nothing is larger than what glibc adapts to.
    expect(sizes).toEqual([31 * 2 ** 20]);
  } finally {
    globalThis.ArrayBuffer = Original;
  }
});
