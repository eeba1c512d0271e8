import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { allocate, type TypedArray } from "../src/dtype/index.js";
import type { FusedKernel, FusedValue } from "../src/plan/fused-kernel.js";
import { plainLoop } from "../src/plan/plain-loop.js";
import { compileVectors } from "../src/plan/vector/compile-vectors.js";
import { vectorKernel } from "../src/plan/vector/vector-kernel.js";
import * as elementwise from "../src/primitives/elementwise.js";
import type { MapPrimitive } from "../src/primitives/elementwise.js";
import { expectSameBits } from "./expect-same-bits.js";
import { arbVectorCase, special, type VectorCase } from "./vector-cases.js";

/** Many cases in `npm run check:deep`. */
const numRuns = process.env["COTANGENT_DEEP"] === "1" ? 3000 : 80;

const emptyResults = ({ kernel, outputs }: VectorCase): TypedArray[] =>
  kernel.results.map(({ value, offset }, r) => {
    const kept = kernel.domain.filter((_, k) => !(kernel.after[value]! && kernel.reduced[k]!));
    return allocate(
      outputs[r]!,
      kept.reduce((n, m) => n * m, offset + 2),
    ).fill(7);
  });

/** Compares the results of vectors with those of the plain loop; false where there are no vectors. */
function compare(example: VectorCase): boolean {
  const vector = vectorKernel(example.kernel, example.inputs, example.outputs);
  if (vector === undefined) return false;
  const operands = example.operands();
  const [plain, vectors] = [emptyResults(example), emptyResults(example)];
  plainLoop(example.kernel)(operands, plain);
  const run = compileVectors(vector, vector.rest && plainLoop(vector.rest))!;
  expect(run(operands, vectors)).toBe(true);
  plain.forEach((wanted, r) => {
    expectSameBits(vectors[r]!, wanted);
  });
  return true;
}

describe("vectors have the bits of plain loops", () => {
  test("in random kernels", () => {
    let count = 0;
    fc.assert(
      fc.property(arbVectorCase, (example) => {
        if (compare(example)) count++;
      }),
      { numRuns },
    );
    expect(count).toBeGreaterThan(0.8 * numRuns);
  });

  const load = (array: number, strides: readonly number[]): FusedValue => ({
    kind: "load",
    array,
    offset: 0,
    strides,
  });
  /** What vectors leave to plain loops, for no instruction or kernel has the bits: a new primitive like that is named here. */
  const plain = ["expm1", "log1p", "tan", "asin", "acos", "atan", "sinh", "cosh", "pow", "atan2", "mod"];
  const maps = Object.values(elementwise).filter(
    (primitive): primitive is typeof primitive & MapPrimitive => "expression" in primitive,
  );

  const ofTypes = maps.flatMap((map) =>
    (["float64", "float32"] as const).map((type) => [map.name, type, map] as const),
  );
  test.each(ofTypes)("in %s of %s, of all that is special", (name, type, map) => {
    const n = special.length;
    const { expression, before, arity } = map;
    const abstract = { shape: [], dtype: type };
    const { dtype } = map.shape(new Array<typeof abstract>(arity).fill(abstract), {})[0]!;
    const kernel: FusedKernel = {
      domain: [n, n],
      reduced: [false, false],
      values: [
        ...[load(0, [1, 0]), load(1, [0, 1]), load(2, [1, 1])].slice(0, arity),
        { kind: "map", expression, before, inputs: [0, 1, 2].slice(0, arity), dtype },
      ],
      after: new Array<boolean>(arity + 1).fill(false),
      results: [{ array: 0, value: arity, offset: 0, strides: [n, 1] }],
    };
    const operands = () =>
      [special, special, [...special, ...special]].map((list) => {
        const x = allocate(type, list.length);
        x.set(list);
        return x;
      });
    const inputs = [type, type, type];
    expect(compare({ kernel, operands, inputs, outputs: [dtype] })).toBe(!plain.includes(name));
  });

  test("of operands that are read in every way, over more than one part", () => {
    const layouts = [
      [0, 1],
      [1, 0],
      [3, 0],
      [7, 1],
      [1, 900],
      [0, 0],
      [-2, 0],
    ];
    for (const inner of [2, 5, 15, 16, 47, 48, 300]) {
      for (const [outer, along] of layouts as [number, number][]) {
        const domain = [Math.ceil(5000 / inner), inner];
        const offset = outer < 0 ? -outer * domain[0]! : 0;
        const kernel: FusedKernel = {
          domain,
          reduced: [false, false],
          values: [
            { ...load(0, [outer, along]), offset } as FusedValue,
            load(1, [inner, 1]),
            { kind: "map", expression: "Math.exp(a) + b", before: [], inputs: [0, 1], dtype: "float64" },
          ],
          after: [false, false, false],
          results: [{ array: 0, value: 2, offset: 0, strides: [inner, 1] }],
        };
        const size = offset + Math.abs(outer) * domain[0]! + along * inner + 1;
        const operands = () => [size, domain[0]! * inner].map((n) => new Float64Array(n).map((_, i) => Math.sin(i))); // prettier-ignore
        expect(compare({ kernel, operands, inputs: ["float64", "float64"], outputs: ["float64"] })).toBe(
          true,
        );
      }
    }
  });

  test("in reductions of all lengths near blocks and parts, along rows and columns", () => {
    const lengths = [1, 2, 127, 128, 129, 255, 1023, 2047, 2048, 2049, 4097, 6000];
    const reductions = ["sum", "max", "min"] as const;
    for (const length of lengths) {
      for (const inner of [1, 2, 3, 16, 17, 1000, 2048]) {
        if (length * inner > 60_000) continue;
        const strides = [length * inner, inner, 1];
        const kernel: FusedKernel = {
          domain: [2, length, inner],
          reduced: [false, true, false],
          values: [
            load(0, strides),
            ...reductions.map((kind) => ({ kind, input: 0, dtype: "float64" }) as const),
          ],
          after: [false, true, true, true],
          results: reductions.map((_, r) => ({ array: r, value: r + 1, offset: 0, strides: [inner, 0, 1] })),
        };
        const operands = () => [
          new Float64Array(2 * length * inner).map((_, i) => Math.sin(i) * 10 ** (i % 9)),
        ];
        const outputs = ["float64", "float64", "float64"] as const;
        expect(compare({ kernel, operands, inputs: ["float64"], outputs })).toBe(true);
      }
    }
  });
});

describe("plain loops do", () => {
  const text = (expression: string): FusedKernel => ({
    domain: [10],
    reduced: [false],
    values: [
      { kind: "load", array: 0, offset: 0, strides: [1] },
      { kind: "map", expression, before: [], inputs: [0], dtype: "float64" },
    ],
    after: [false, false],
    results: [{ array: 0, value: 1, offset: 0, strides: [1] }],
  });
  const isVector = (kernel: FusedKernel) => vectorKernel(kernel, ["float64"], ["float64"]) !== undefined;

  test.each([
    "a % 2",
    "Math.cbrt(a)",
    "b",
    "a +",
    "a > 0",
    "a ? 1 : 2",
    "(a < 1) + 1",
    "a; a",
    "Math.max(a)",
    "a ~ 1",
  ])("what vectors cannot: %s", (expression) => {
    expect(isVector(text("a + 1"))).toBe(true);
    expect(isVector(text(expression))).toBe(false);
  });

  test("kernels with what vectors do not know", () => {
    const kernel = text("a + 1");
    const guarded = { ...kernel.values[0]!, guard: [1] };
    expect(isVector({ ...kernel, values: [guarded, kernel.values[1]!] })).toBe(false);
    expect(isVector({ ...kernel, ...{ guards: [] } })).toBe(false);
  });

  test("integers, which wrap", () => {
    expect(vectorKernel(text("a + 1"), ["int32"], ["int32"])).toBeUndefined();
  });

  test("sums over axes that are apart", () => {
    const [x] = text("a").values as [FusedValue];
    const kernel: FusedKernel = {
      domain: [3, 4, 5],
      reduced: [true, false, true],
      values: [{ ...x, strides: [20, 5, 1] } as FusedValue, { kind: "sum", input: 0, dtype: "float64" }],
      after: [false, true],
      results: [{ array: 0, value: 1, offset: 0, strides: [0, 1, 0] }],
    };
    expect(isVector(kernel)).toBe(false);
  });
});
