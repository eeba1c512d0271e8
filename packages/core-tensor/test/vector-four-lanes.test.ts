import { describe, expect, test } from "@jest/globals";
import type { DType, TypedArray } from "../src/dtype/index.js";
import type { FusedKernel, FusedValue } from "../src/plan/fused-kernel.js";
import { plainLoop } from "../src/plan/plain-loop.js";
import { compileVectors } from "../src/plan/vector/compile-vectors.js";
import { vectorKernel } from "../src/plan/vector/vector-kernel.js";
import { expectSameBits } from "./expect-same-bits.js";

/*
 * Where float32 instructions, on four lanes, have the bits of what plain loops compute in float64 and round.
 */
const n = 1003;

/** A kernel of operands of these types, and of maps in the order in which they are computed; the last one is the result. */
function kernelOf(inputs: readonly DType[], maps: readonly FusedValue[]): FusedKernel {
  const loads = inputs.map((_, array) => ({ kind: "load", array, offset: 0, strides: [1] }) as const);
  const values = [...loads, ...maps];
  return {
    domain: [n],
    reduced: [false],
    values,
    after: values.map(() => false),
    results: [{ array: 0, value: values.length - 1, offset: 0, strides: [1] }],
  };
}

const map = (expression: string, inputs: readonly number[], dtype: DType = "float32"): FusedValue => ({
  kind: "map",
  expression,
  before: [],
  inputs,
  dtype,
});

/** Is there a float32 instruction in a loop, and a float64 one of the same name? Both are 0xfd, their number, 1. */
function instructions(kernel: FusedKernel, inputs: readonly DType[], [single, double]: [number, number]) {
  const { code } = vectorKernel(kernel, inputs, ["float32"])!.loop;
  const has = (number: number): boolean =>
    code.some((byte, i) => byte === 0xfd && code[i + 1] === number && code[i + 2] === 1);
  return { single: has(single), double: has(double) };
}

const add: [number, number] = [0xe4, 0xf0];
const float32: DType = "float32";

describe("sums are added", () => {
  test("in float32, where operands and result are", () => {
    const kernel = kernelOf([float32, float32], [map("a * b", [0, 1]), map("a + b", [2, 0])]);
    expect(instructions(kernel, [float32, float32], add)).toEqual({ single: true, double: false });
  });

  test("in float64, where what is added was not rounded", () => {
    const kernel = kernelOf([float32, float32], [map("a * b + a", [0, 1])]);
    expect(instructions(kernel, [float32, float32], add)).toEqual({ single: false, double: true });
  });

  test("in float64, where an operand, or a number, is not of float32", () => {
    const sum = kernelOf([float32, "int32"], [map("a + b", [0, 1])]);
    expect(instructions(sum, [float32, "int32"], add)).toEqual({ single: false, double: true });
    for (const [value, isSingle] of [
      [0.5, true],
      [0.1, false],
    ] as const) {
      const more = kernelOf([float32], [{ kind: "number", value }, map("a + b", [0, 1])]);
      expect(instructions(more, [float32], add)).toEqual({ single: isSingle, double: !isSingle });
    }
  });

  test("in float32 beside functions, whose stages are of their own", () => {
    const kernel = kernelOf([float32], [map("Math.exp(a)", [0]), map("a + b", [1, 0])]);
    expect(instructions(kernel, [float32], add)).toEqual({ single: true, double: false });
  });
});

test.each<[string, FusedKernel, readonly DType[], readonly DType[]]>([
  [
    "sums of large integers beside sums of float32",
    {
      ...kernelOf(
        [float32, "int32"],
        [
          { kind: "sum", input: 0, dtype: "float64" },
          { kind: "sum", input: 1, dtype: "float64" },
        ],
      ),
      reduced: [true],
      after: [false, false, true, true],
      results: [2, 3].map((value, array) => ({ array, value, offset: 0, strides: [0] })),
    },
    [float32, "int32"],
    ["float64", "float64"],
  ],
  [
    "choices after a function by what was compared before it",
    kernelOf([float32], [map("Math.exp(a)", [0]), map("a < 0.5 ? b : a", [0, 1])]),
    [float32],
    [float32],
  ],
  [
    "a function of what was rounded, and its operand",
    kernelOf(
      [float32, "float64"],
      [map("a", [1]), map("a * b", [2, 0]), map("Math.exp(a)", [3]), map("a - b", [4, 3])],
    ),
    [float32, "float64"],
    [float32],
  ],
])("%s have the bits of plain loops", (_, kernel, inputs, outputs) => {
  const operands = inputs.map((dtype): TypedArray =>
    dtype === "int32"
      ? new Int32Array(n).map((_, i) => 2 ** 24 + i)
      : (dtype === "float32" ? new Float32Array(n) : new Float64Array(n)).map((_, i) => Math.sin(i)),
  );
  const results = (): TypedArray[] =>
    outputs.map((dtype) => (dtype === "float32" ? new Float32Array(n) : new Float64Array(n)));
  const [plain, vectors] = [results(), results()];
  const vector = vectorKernel(kernel, inputs, outputs)!;
  expect(compileVectors(vector, vector.rest && plainLoop(vector.rest))!(operands, vectors)).toBe(true);
  plainLoop(kernel)(operands, plain);
  plain.forEach((wanted, r) => {
    expectSameBits(vectors[r]!, wanted);
  });
});
