import { allocationsOf } from "./watch-allocations.js";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  bind,
  eye,
  hostArray,
  isFloat,
  linspace,
  primitives as p,
  sizeOf,
  tensor,
  zeros,
  type Abstract,
  type Primitive,
  type PrimitiveName,
  type Tensor,
  type TypedArray,
} from "@cotangent/core-tensor";
import { Plan } from "@cotangent/core-tensor/plan";
import { primitiveMatrix, type Application } from "./primitive-matrix.js";
import { runs } from "./runs.js";

const names = Object.keys(primitiveMatrix) as PrimitiveName[];

type Applied = Pick<Application, "inputs" | "params">;

const numbersOf = (xs: readonly Tensor[]) => xs.map((x) => hostArray(x, "test"));

/** Arrays for results, with anything in them. */
const filled = (outputs: readonly Abstract[], value: number): TypedArray[] =>
  outputs.map(({ shape, dtype }) => hostArray(zeros(shape, { dtype }), "test").slice().fill(value));

/** One application as a plan of one step. */
function planOf(primitive: Primitive, { inputs, params }: Applied): Plan {
  const viewOf = ({ shape, dtype }: Abstract, slot: number) => ({ slot, shape, dtype });
  const ends = inputs.map(viewOf);
  const results = primitive.shape(inputs, params).map((output, i) => viewOf(output, inputs.length + i));
  const steps = [{ primitive, params, inputs: ends, outputs: results }];
  return new Plan({ inputs: ends.map(({ slot }) => slot), constants: new Map(), steps, results });
}

describe.each(names)("%s, prepared,", (name) => {
  const { primitive, applications } = primitiveMatrix[name];

  test("does not depend on what was in its results, nor on what it computed before", () => {
    fc.assert(
      fc.property(applications, fc.constantFrom(NaN, 7), ({ inputs, params }, junk) => {
        const outputs = primitive.shape(inputs, params);
        const run = primitive.prepare(inputs, params, outputs);
        const others = inputs.map((x) => (isFloat(x.dtype) ? x.mul(0.5) : x));
        for (const xs of [others, inputs, others]) {
          const arrays = numbersOf(xs);
          const before = arrays.map((array) => array.slice());
          const results = filled(outputs, junk);
          run(arrays, results);
          expect(results).toEqual(numbersOf(bind(primitive, xs, params)));
          expect(arrays).toEqual(before);
        }
      }),
      runs(10, 100),
    );
  });
  test("allocates its results only, in 1,000 runs", () => {
    for (const applied of fc.sample(applications, { numRuns: 5, seed: 1 })) {
      const plan = planOf(primitive, applied);
      const arrays = numbersOf(applied.inputs);
      plan.run(arrays);
      const { length } = plan.results;
      expect(allocationsOf(() => repeat(200, () => plan.run(arrays)))).toEqual({
        arrays: 200 * length,
        views: 0,
      });
    }
  });
});

describe("large operands", () => {
  const n = 34;
  const square = linspace(-9, 9, n * n).sin().reshape([n, n]); // prettier-ignore
  const definite = square.matmul(square.matrixTranspose()).add(eye(n));
  const right = linspace(0, 1, 8 * n).reshape([n, 8]);
  const [packed, order] = bind(p.lu, [definite], {}) as [Tensor, Tensor];
  const long = linspace(-3, 3, 9000);
  const none = {};
  const solve = { lower: true, transpose: false, unitDiagonal: true };
  const cases: [Primitive, readonly Tensor[], object][] = [
    [p.exp, [long], none],
    [p.cos, [long.mul(1e7)], none],
    [p.sum, [long.reshape([3, 3000])], { axes: [0] }],
    [p.sum, [long.reshape([30, 3, 100])], { axes: [0, 2] }],
    [p.matmul, [square, square], { transposeA: true, transposeB: false }],
    [p.matmul, [square, square.take(0).reshape([n, 1])], { transposeA: false, transposeB: false }],
    [p.cholesky, [definite], none],
    [p.lu, [definite], none],
    [p.luSolve, [definite, packed, order, right], { transpose: true }],
    [p.triangularSolve, [packed, right], solve],
    [p.qr, [square], none],
    [p.eigh, [definite], none],
    [p.svd, [square], none],
    [p.completePivoting, [square], none],
    [p.argsort, [long.slice([0, 300]).sin()], { axis: 0 }],
    [p.concatenate, [square, right], { axis: 1 }],
    [p.transpose, [square], { axes: [1, 0] }],
    [p.randomSample, [tensor([1, 2], { dtype: "int32" })], { sampler: "integer", minval: 0, maxval: 9, shape: [n], dtype: "int32" }], // prettier-ignore
  ];
  test.each(cases.map(([primitive, ...rest]) => [primitive.name, primitive, ...rest] as const))(
    "of %s are not copied to new arrays",
    (_, primitive, inputs, params) => {
      const plan = planOf(primitive, { inputs, params });
      const arrays = numbersOf(inputs);
      const first = plan.run(arrays);
      const { arrays: made } = allocationsOf(() => repeat(3, () => plan.run(arrays)));
      expect(made).toBe(3 * plan.results.length);
      expect(numbersOf(plan.run(arrays))).toEqual(numbersOf(first));
      expect(sizeOf(inputs[0]!.shape)).toBeGreaterThan(1);
    },
  );
});

function repeat(count: number, body: () => unknown): void {
  for (let i = 0; i < count; i++) body();
}
