import { beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { cumsum, sort, sum, tensor, where, type DType, type Tensor } from "@cotangent/core-tensor";
import { jit, valueAndGrad } from "@cotangent/autodiff";
import { sameBits } from "../src/testing/check-jit.js";
import { runs } from "./runs.js";
import { compiledModules } from "../../core-tensor/test/compiled-modules.js";

/*
 * Compiled operations along rows, against the same ones one by one: loops along the same rows are joined, and run in vectors
 * when they were called often enough.
 */
const along = { axis: -1, keepDims: true } as const;

/** The state of a program: elements, and a number for each row. */
type State = readonly [x: Tensor, row: Tensor];
type Operands = readonly [shape: Tensor, column: Tensor, line: Tensor, one: Tensor];
type Step = (state: State, operands: Operands) => State;

const steps: Record<string, Step> = {
  "x - max x": ([x, row]) => [x.sub(x.max(along)), row],
  "x - min x": ([x, row]) => [x.sub(x.min(along)), row],
  "e^x": ([x, row]) => [x.exp(), row],
  "x / row": ([x, row]) => [x.div(row), row],
  "sum x": ([x]) => [x, x.sum(along)],
  "max x": ([x]) => [x, x.max(along)],
  "x > row ? x : row": ([x, row]) => [where(x.greater(row), x, row), row],
  "x <= row": ([x, row]) => [x.lessEqual(row).astype(x.dtype).add(x), row],
  sort: ([x, row]) => [sort(x, { axis: -1 }), row],
  cumsum: ([x, row]) => [cumsum(x, { axis: -1 }), row],
  softmax: ([x, row]) => [x.softmax(), row],
  logSoftmax: ([x, row]) => [x.logSoftmax(), row],
  logsumexp: ([x]) => [x, x.logsumexp(along)],
  "log |row|": ([x, row]) => [x, row.abs().log()],
  "row + column": ([x, row], [, column]) => [x, row.add(column)],
  "x * column": ([x, row], [, column]) => [x.mul(column), row],
  "x + line": ([x, row], [, , line]) => [x.add(line), row],
  "x / shape": ([x, row], [shape]) => [x.div(shape), row],
  "row * e^one": ([x, row], [, , , one]) => [x, row.mul(one.exp())],
  "x - row e^0.5": ([x, row], [, , , one]) => [x.sub(row.mul(one)), row],
};

const special = [
  0,
  -0,
  NaN,
  Infinity,
  -Infinity,
  1,
  -1,
  0.5,
  -2.5,
  5e-324,
  1.7976931348623157e308,
  709.5,
  -745,
];
const number = fc.oneof(
  { weight: 4, arbitrary: fc.double({ min: -3, max: 3, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(...special) },
);

const numbersOf = (shape: readonly number[], numbers: readonly number[], dtype: DType): Tensor => {
  const size = shape.reduce((n, m) => n * m, 1);
  const list = Array.from({ length: size }, (_, i) => numbers[(i + Math.floor(i / 13)) % numbers.length]!);
  return tensor(list, { dtype }).reshape(shape);
};

const arbRows = fc.oneof(
  fc.tuple(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 9 })),
  fc.tuple(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 10, max: 40 })),
  fc.tuple(fc.integer({ min: 1, max: 9 }), fc.constantFrom(127, 128, 129, 300, 1024, 2047, 2048, 2049)),
);

/** Calls that are certainly enough for vectors. */
const callsFor = (size: number): number => 2 + Math.ceil(1.5e5 / size);

function expectSameBits(f: (...operands: Tensor[]) => readonly Tensor[], operands: readonly Tensor[]): void {
  const compiled = jit((...xs: Tensor[]) => [...f(...xs)]);
  let found: readonly Tensor[] = [];
  for (let call = 0; call < callsFor(operands[0]!.size); call++) found = compiled(...operands);
  f(...operands).forEach((wanted, i) => {
    expect(sameBits(found[i]!, wanted)).toBe(true);
  });
}

describe.each(["float64", "float32"] as const)("rows of %s", (dtype) => {
  const functions = {
    softmax: (x: Tensor) => x.softmax(),
    logSoftmax: (x: Tensor) => x.logSoftmax(),
    logsumexp: (x: Tensor) => x.logsumexp({ axis: 1 }),
    sort: (x: Tensor) => sort(x),
    "running sums": (x: Tensor) => cumsum(x, { axis: 1 }).mul(x).sub(x.sum(along)),
  };
  const rowsOf = (length: number) =>
    numbersOf([Math.ceil(3000 / length), length], [0.3, -1.5, 2, 0.7, -0.2], dtype);
  const call = (f: (x: Tensor) => Tensor, x: Tensor): void => {
    for (let i = 0; i < callsFor(x.size); i++) f(x);
  };

  // The kernels that loops call are modules of their own.
  beforeAll(() => {
    call(
      jit((x) => x.sub(x.max(along)).exp().log()),
      rowsOf(5),
    );
  });
  test.each(Object.entries(functions))("%s is one loop in vectors, for all lengths", (_, f) => {
    const compiled = jit(f);
    for (const [length, made] of [
      [5, 1],
      [7, 0],
    ] as const) {
      // prettier-ignore
      const x = rowsOf(length);
      expect(compiledModules(() => { call(compiled, x); })).toBe(made); // prettier-ignore
      expect(sameBits(compiled(x), f(x))).toBe(true);
    }
  });
  test("and their gradients", () => {
    const labels = numbersOf([600, 5], [0, 1, 0, 0, 0], dtype);
    const loss = (x: Tensor) => x.logSoftmax().mul(labels).sum().neg();
    expectSameBits((x) => valueAndGrad(loss)(x), [rowsOf(5)]);
  });
  test("and what is read on the way", () => {
    expectSameBits(
      (x) => {
        const shifted = x.sub(x.max(along));
        const total = shifted.exp().sum(along);
        return [sort(shifted), shifted, total, shifted.div(total)];
      },
      [rowsOf(5)],
    );
  });
  test("of no elements, and none at all", () => {
    for (const shape of [
      [0, 3],
      [300, 0],
    ]) {
      // prettier-ignore
      const x = numbersOf(shape, [1], dtype);
      expect(jit(functions.softmax)(x).shape).toEqual(shape);
      expect(sameBits(jit(functions.logsumexp)(x), functions.logsumexp(x))).toBe(true);
    }
  });
});

test("programs along rows have the bits of their operations", () => {
  let compiled = 0;
  fc.assert(
    fc.property(
      fc.record({
        rows: arbRows,
        dtype: fc.constantFrom<DType>("float64", "float64", "float32"),
        names: fc.array(fc.constantFrom(...Object.keys(steps)), { minLength: 1, maxLength: 10 }),
        numbers: fc.array(number, { minLength: 1, maxLength: 40 }),
      }),
      ({ rows: [count, length], dtype, names, numbers }) => {
        // What is read on the way, by others too, is a result.
        const f = (...[x, ...operands]: Tensor[]): Tensor[] => {
          let state: State = [x!, sum(x!, along)];
          const states = names.map((name) => (state = steps[name]!(state, operands as unknown as Operands)));
          return [...states[Math.floor(names.length / 2)]!, ...state];
        };
        const shapes = [[count, length], [count, length], [count, 1], [length], [1]];
        const operands = shapes.map((shape) => numbersOf(shape, numbers, dtype));
        compiled += compiledModules(() => {
          expectSameBits(f, operands);
        });
      },
    ),
    runs(6, 300),
  );
  expect(compiled).toBeGreaterThan(2);
});
