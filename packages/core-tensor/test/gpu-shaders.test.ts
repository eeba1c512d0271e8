import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { GpuJs } from "../src/gpu/gpujs-types.js";
import { loadGpuJs } from "../src/gpu/load-gpujs.js";
import { addExactIndexing, quotientText, withExactIndexing } from "../src/gpu/shader-index.js";
import { addPortableMath, withPortableMath } from "../src/gpu/shader-math.js";
import { execute } from "../src/host/execute.js";
import { kernelCatalogue } from "../src/kernels/catalogue.js";
import { expectClose } from "./expect-close.js";

// No shader runs here: what replaces JavaScript's functions in shaders is tried on webasm, in float32 as there.

describe("Math functions that shading languages lack", () => {
  const values = Float32Array.from([
    NaN,
    Infinity,
    -Infinity,
    0,
    1e-20,
    1e-7,
    0.3,
    0.5,
    1,
    1.5,
    2,
    3,
    12,
    80,
    100,
    1e4,
    1e10,
  ]);
  const points = Float32Array.from([...values, ...values.map((x) => -x), 0.99, -0.99, 1.0001]);
  const { exp, expm1, log, log1p, sinh, tanh, asinh, acosh, atanh, sign, pow, min, max } = Math;
  const unary = Object.entries({ exp, expm1, log, log1p, sinh, tanh, asinh, acosh, atanh, sign });
  const binary = Object.entries({ pow, min, max });
  const pairs = new Float32Array(points.length ** 2);
  const x = pairs.map((_, i) => points[Math.floor(i / points.length)]!);
  const y = pairs.map((_, i) => points[i % points.length]!);
  const cases = [
    ...unary.map(([name, right]) => ({ call: `Math.${name}(x[this.thread.x])`, right })),
    ...binary.map(([name, right]) => ({ call: `Math.${name}(x[this.thread.x], y[this.thread.x])`, right })),
  ];

  let gpujs: GpuJs;
  beforeAll(async () => {
    gpujs = new (await loadGpuJs())({ mode: "webasm" });
    addPortableMath(gpujs);
  });
  afterAll(() => gpujs.destroy());

  test.each(cases)("$call has float32 precision, special values included", ({ call, right }) => {
    const source = withPortableMath(`function(x, y) { return ${call}; }`);
    expect(source).not.toContain("Math");
    const settings = {
      output: [x.length],
      constants: {},
      precision: "single",
      loopMaxIterations: 1,
    } as const;
    const got = gpujs.createKernel(source, settings)(x, y) as Float32Array;
    got.forEach((value, i) => {
      const want = Math.fround(right(x[i]!, y[i]!));
      const near =
        Object.is(value, want) || value === want || Math.abs(value - want) <= 5e-7 * Math.abs(want);
      expect([x[i], y[i], near ? want : value]).toEqual([x[i], y[i], want]);
    });
  });
});

describe("indices in shading languages", () => {
  test.each([-1, 0, 1])("a quotient %d off is corrected", (error) => {
    const math = { floor: (x: number) => Math.floor(x) + error };
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the text is what a shader is compiled from
    const make = new Function("Math", `return ${quotientText}`) as (
      m: object,
    ) => (i: number, n: number) => number;
    const quotient = make(math);
    for (const n of [1, 3, 7, 1000, 2 ** 23]) {
      for (const i of [0, 1, n - 1, n, n + 1, 5 * n - 1, 5 * n])
        expect(quotient(i, n)).toBe(Math.floor(i / n));
    }
  });

  test("every kernel of the catalogue that divides an index, and only the index, is rewritten", async () => {
    const texts = kernelCatalogue().filter(({ kernel }) => /0\.5\) \/|thread\.x %/.test(kernel.source));
    expect(texts.map(({ kernel }) => kernel.name)).toEqual(
      expect.arrayContaining(["add row", "sum", "matmul", "take"]),
    );
    const gpujs = new (await loadGpuJs())({ mode: "webasm" });
    addExactIndexing(gpujs);
    for (const { kernel, inputs, constants, length } of texts) {
      const source = withExactIndexing(kernel.source);
      expect(source).not.toMatch(/0\.5\) \/|thread\.x %/);
      const rounded = inputs.map((input) => Float32Array.from(input));
      const want = new Float64Array(length);
      execute(kernel, rounded, constants, want);
      const settings = { output: [length], constants, precision: "single", loopMaxIterations: 1 } as const;
      expectClose(gpujs.createKernel(source, settings)(...rounded) as Float32Array, want, 1e-5);
    }
    await gpujs.destroy();
  });
});
