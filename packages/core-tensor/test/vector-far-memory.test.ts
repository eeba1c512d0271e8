import { beforeAll, expect, test } from "@jest/globals";
import type { FusedKernel } from "../src/plan/fused-kernel.js";
import { plainLoop } from "../src/plan/plain-loop.js";
import { compileVectors } from "../src/plan/vector/compile-vectors.js";
import { vectorKernel } from "../src/plan/vector/vector-kernel.js";
import { allocateBlock } from "../src/simd/index.js";
import { expectSameBits } from "./expect-same-bits.js";

const large = Float64Array.from({ length: 500 }, (_, i) => (i % 3 === 0 ? 1e9 + i : i));

// Nothing is written to it: the slots of loops come behind it.
beforeAll(() => {
  expect(allocateBlock(2 ** 31)).toBeDefined();
});

test.each(["Math.sin(a)", "Math.cos(a)"])("%s of large angles, in memory beyond 2 GiB", (expression) => {
  const kernel: FusedKernel = {
    domain: [large.length],
    reduced: [false],
    values: [
      { kind: "load", array: 0, offset: 0, strides: [1] },
      { kind: "map", expression, before: [], inputs: [0], dtype: "float64" },
    ],
    after: [false, false],
    results: [{ array: 0, value: 1, offset: 0, strides: [1] }],
  };
  const [found, wanted] = [new Float64Array(large.length), new Float64Array(large.length)];
  const run = compileVectors(vectorKernel(kernel, ["float64"], ["float64"])!, undefined)!;
  expect(run([large], [found])).toBe(true);
  plainLoop(kernel)([large], [wanted]);
  expectSameBits(found, wanted);
});
