import { afterEach, describe, expect, jest, test } from "@jest/globals";
import fc from "fast-check";
import { products as code } from "../src/simd/generated/products.js";
import { triangles } from "../src/simd/generated/triangles.js";
import { Heap } from "../src/simd/heap.js";
import { kernelModule } from "../src/simd/module.js";
import { keepNoCopies, ResidentCopies } from "../src/simd/resident.js";
import { allocateBlock, releaseBlock, views } from "../src/simd/index.js";

describe("the heap", () => {
  test("blocks do not overlap, begin at cache lines, and what is released is used again", () => {
    const step = fc.record({ bytes: fc.integer({ min: 0, max: 1000 }), release: fc.nat() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const heap = new Heap(1000, () => true);
        const blocks: { offset: number; bytes: number }[] = [];
        for (const { bytes, release } of steps) {
          const offset = heap.allocate(bytes)!;
          expect(offset % 64).toBe(0);
          for (const other of blocks) {
            expect(offset + bytes <= other.offset || other.offset + other.bytes <= offset).toBe(true);
          }
          blocks.push({ offset, bytes: Math.max(bytes, 1) });
          if (release % 2 === 0) heap.release(blocks.splice(release % blocks.length, 1)[0]!.offset);
        }
        for (const { offset } of blocks) heap.release(offset);
        expect(heap.used).toBe(0);
        const { end } = heap;
        // All that was free is one block again.
        expect(heap.allocate(end - 1024)).toBe(1024);
        expect(heap.end).toBe(Math.max(end, 1024 + 64));
      }),
    );
  });

  test("says when there is no more memory, and stays usable", () => {
    const heap = new Heap(0, (end) => end <= 256);
    expect([heap.allocate(100), heap.allocate(200), heap.allocate(100)]).toEqual([0, undefined, 128]);
    heap.release(0);
    expect(heap.allocate(128)).toBe(0);
    expect(() => heap.release(64)).toThrow("no block begins at 64");
  });
});

describe("copies of operands", () => {
  const array = (length: number, value: number) => new Float64Array(length).fill(value);
  const copyOf = (offset: number | undefined, length: number) =>
    views().float64.slice(offset! / 8, offset! / 8 + length);

  test("are made at the second use, and stay where they are when the memory grows", () => {
    const copies = new ResidentCopies(2 ** 20);
    const x = array(100, 3);
    expect(copies.offsetOf(x)).toBeUndefined();
    const offset = copies.offsetOf(x);
    const old = views().float64;
    const grown = allocateBlock(old.byteLength)!;
    expect(old.length).toBe(0);
    expect(copies.offsetOf(x)).toBe(offset);
    expect(copyOf(offset, 100)).toEqual(x);
    releaseBlock(grown);
  });

  test("stay within the budget: the one used longest ago gives way, and comes back less easily", () => {
    const copies = new ResidentCopies(2000);
    const [a, b, c] = [array(100, 1), array(100, 2), array(100, 3)];
    for (const x of [a, a, b, b, a]) copies.offsetOf(x);
    expect([copies.count, copies.bytes]).toEqual([2, 1600]);
    copies.offsetOf(c);
    expect(copyOf(copies.offsetOf(c), 100)).toEqual(c);
    expect(copies.count).toBe(2);
    // It was b that gave way: a was used after it.
    expect(copyOf(copies.offsetOf(a), 100)).toEqual(a);
    expect([1, 2, 3].map(() => copies.offsetOf(b))).toEqual([undefined, undefined, undefined]);
    expect(copyOf(copies.offsetOf(b), 100)).toEqual(b);
    expect(copies.bytes).toBe(1600);
  });

  test("never take more than half of the budget each, so that two operands have room", () => {
    const copies = new ResidentCopies(1000);
    const x = array(63, 1);
    expect([1, 2, 3].map(() => copies.offsetOf(x))).toEqual([undefined, undefined, undefined]);
  });

  test("are not made of arrays in a buffer that is used again", () => {
    const copies = new ResidentCopies(2 ** 20);
    const buffer = new ArrayBuffer(1600);
    keepNoCopies(buffer);
    const x = new Float64Array(buffer, 800, 100);
    expect([1, 2, 3].map(() => copies.offsetOf(x))).toEqual([undefined, undefined, undefined]);
  });

  test("are bounded in a synchronous loop, where no finalizer runs", () => {
    const copies = new ResidentCopies(2 ** 20);
    const first = views().float64.byteLength;
    for (let i = 0; i < 2000; i++) {
      const x = array(4096, i);
      copies.offsetOf(x);
      copies.offsetOf(x);
    }
    expect(copies.bytes).toBe(2 ** 20);
    expect(views().float64.byteLength).toBeLessThanOrEqual(1.5 * (first + 2 ** 20) + 65536);
  });
});

describe("a module of kernels", () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  test("says why it is not available", () => {
    const broken = kernelModule<object>("0061736d");
    expect(broken.kernels()).toBeUndefined();
    expect(broken.state()).toEqual({
      status: "unavailable",
      reason: expect.stringContaining("CompileError"),
    });
  });

  test("is compiled beside where the main thread may not compile so much at once", async () => {
    jest.spyOn(WebAssembly, "Module").mockImplementationOnce(() => {
      throw new RangeError("WebAssembly.Compile is disallowed on the main thread");
    });
    const late = kernelModule<object>(code);
    expect(late.kernels()).toBeUndefined();
    expect(late.state()).toEqual({ status: "compiling" });
    while (late.state().status === "compiling") await new Promise((resolve) => setTimeout(resolve, 1));
    expect(late.state()).toEqual({ status: "ready" });
    expect(Object.keys(late.kernels()!)).toContain("gemm64");
  });

  test("waits for the kernels that it imports", () => {
    const broken = kernelModule<object>("0061736d");
    const importing = kernelModule<object>(triangles, broken);
    expect(importing.kernels()).toBeUndefined();
    expect(importing.state()).toEqual(broken.state());
    const there: object[] = [];
    const compiling = { kernels: () => there[0], state: () => ({ status: "compiling" }) as const };
    const waiting = kernelModule<object>(triangles, compiling);
    expect([waiting.kernels(), waiting.state()]).toEqual([undefined, { status: "compiling" }]);
    there.push(kernelModule<object>(code).kernels()!);
    expect(Object.keys(waiting.kernels()!)).toContain("solveVector32");
    expect(waiting.state()).toEqual({ status: "ready" });
  });
});
