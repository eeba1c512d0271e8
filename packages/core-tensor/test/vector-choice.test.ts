import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, describe, expect, jest, test } from "@jest/globals";
import type { TypedArray } from "../src/dtype/index.js";
import { execute } from "../src/host/execute.js";
import { mapKernel } from "../src/kernels/map.js";
import type { FusedKernel } from "../src/plan/fused-kernel.js";
import { loopOf } from "../src/plan/loop.js";
import { vectorMap } from "../src/plan/vector/index.js";
import { expectSameBits } from "./expect-same-bits.js";
import { compiledModules } from "./compiled-modules.js";

/** b = expression(a), for n elements. */
const kernelOf = (expression: string, n: number, stride = 1): FusedKernel => ({
  domain: [n],
  reduced: [false],
  values: [
    { kind: "load", array: 0, offset: 0, strides: [stride] },
    { kind: "map", expression, before: [], inputs: [0], dtype: "float64" },
  ],
  after: [false, false],
  results: [{ array: 0, value: 1, offset: 0, strides: [1] }],
});

afterEach(() => {
  jest.restoreAllMocks();
});

describe("a fused loop", () => {
  const run = (kernel: FusedKernel, calls: number): TypedArray => {
    const [n] = kernel.domain as [number];
    const loop = loopOf(kernel, ["float64"], ["float64"]);
    const x = new Float64Array(2 * n).map((_, i) => i / 7);
    const y = new Float64Array(n);
    for (let call = 0; call < calls; call++) loop([x], [y]);
    return y;
  };

  test("is compiled to vectors once these would have saved as much time as that takes", () => {
    expect(compiledModules(() => run(kernelOf("a * 3 + 1", 1000), 131))).toBe(0);
    expect(compiledModules(() => run(kernelOf("a * 3 + 1", 1000), 1000))).toBe(1);
    expect(compiledModules(() => run(kernelOf("Math.exp(a) * 3 + 1", 1000), 150))).toBeGreaterThan(0);
    expect(compiledModules(() => run(kernelOf("a * 3 + 2", 1_000_000), 1))).toBe(1);
  });
  test("shares its module with those of other lengths", () => {
    expect(compiledModules(() => run(kernelOf("a * 3 + 3", 200_000), 5))).toBe(1);
    expect(compiledModules(() => run(kernelOf("a * 3 + 3", 150_001), 5))).toBe(0);
  });
  test("stays plain where it is short, or where vectors win nothing", () => {
    expect(compiledModules(() => run(kernelOf("a * 3 + 4", 100), 20_000))).toBe(0);
    expect(compiledModules(() => run(kernelOf("a * 3 + 4", 200_000, 2), 10))).toBe(0);
  });
  test("stays plain where WebAssembly is refused, with the same numbers", () => {
    const spy = jest.spyOn(WebAssembly, "Module").mockImplementation(() => {
      throw new WebAssembly.CompileError("forbidden by a policy");
    });
    const y = run(kernelOf("a * 3 + 5", 200_000), 5);
    expect(spy).toHaveBeenCalledTimes(1);
    expectSameBits(
      y,
      y.map((_, i) => (i / 7) * 3 + 5),
    );
  });
  test("does not make memory grow when many are made and dropped in a synchronous loop", () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const make = (from: number) => {
      for (let k = from; k < from + 100; k++) run(kernelOf(`Math.exp(a) * ${String(k)}`, 2 ** 17), 1);
      collect();
      return process.memoryUsage().rss;
    };
    const before = make(0);
    expect(make(100) - before).toBeLessThan(100e6);
  });
});

describe("an eager operation", () => {
  test("runs in vectors after many calls, at any length, with the same bits", () => {
    const expression = "a < b ? a * b + 0.25 : Math.sqrt(Math.abs(a))";
    const numbers = (n: number, factor: number) =>
      new Float64Array(n).map((_, i) => (factor * ((i * 7919) % 1009)) / 500 - 1);
    for (const access of ["full", "scalar"] as const) {
      const vectors = vectorMap({ expression, before: [], accesses: ["full", access] });
      const variants = (n: number) =>
        [
          [numbers(n, 1), numbers(access === "full" ? n : 1, 2)],
          [Float32Array.from(numbers(n, 3)), numbers(access === "full" ? n : 1, 4)],
        ].flatMap((inputs) => [new Float64Array(n), new Float32Array(n)].map((out) => ({ inputs, out })));
      for (const { inputs, out } of variants(5000)) {
        const ran = Array.from({ length: 200 }, () => vectors(inputs, out));
        expect([ran[0], ran[199]]).toEqual([false, true]);
      }
      for (const n of [2, 513, 2047, 2049, 30_001]) {
        for (const { inputs, out } of variants(n)) {
          expect(vectors(inputs, out)).toBe(true);
          const wanted = out.slice();
          execute(mapKernel("f", expression, ["full", access]), inputs, {}, wanted);
          expectSameBits(out, wanted);
        }
      }
    }
  });
  test.each(["row", "column"] as const)("of operands that are broadcast, by %s", (access) => {
    const [expression, accesses] = ["a * b - Math.exp(b)", ["full", access] as const];
    const vectors = vectorMap({ expression, before: [], accesses });
    for (const length of [2, 5, 50, 3000]) {
      const rows = Math.ceil(2000 / length);
      const [x, y] = [length * rows, access === "row" ? length : rows].map((n) =>
        new Float64Array(n).map((_, i) => Math.sin(i)),
      ) as [Float64Array, Float64Array];
      const [out, wanted] = [x.slice(), x.slice()];
      const ran = Array.from({ length: 100 }, () => vectors([x, y], out));
      expect([ran[0], ran[99]]).toEqual([false, true]);
      execute(mapKernel("f", expression, accesses), [x, y], { periodB: length, innerB: length }, wanted);
      expectSameBits(out, wanted);
    }
  });
  test("stays plain for integers", () => {
    const vectors = vectorMap({ expression: "a + b", before: [], accesses: ["full", "full"] });
    const x = new Int32Array(200_000).fill(2 ** 30);
    expect([1, 2].map(() => vectors([x, x], x.slice()))).toEqual([false, false]);
  });
});
