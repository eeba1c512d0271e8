import fc from "fast-check";
import { allocate, type DType, type TypedArray } from "../src/dtype/index.js";
import type { Access, FusedKernel, FusedValue } from "../src/plan/fused-kernel.js";
import * as elementwise from "../src/primitives/elementwise.js";
import type { MapPrimitive } from "../src/primitives/elementwise.js";
import { stridesOf } from "../src/shape/index.js";

/** A fused kernel with operands, and the types of its results. */
export interface VectorCase {
  readonly kernel: FusedKernel;
  /** Made when they are asked for: a failure prints what they are made of. */
  readonly operands: () => readonly TypedArray[];
  readonly inputs: readonly DType[];
  readonly outputs: readonly DType[];
}

const { exp, log, sin, cos, sqrt, tanh, sigmoid, softplus, logaddexp } = elementwise;
const { neg, abs, sign, floor, ceil, round, square, reciprocal, relu, add, sub, mul, div } = elementwise;
const { maximum, minimum, where, isFinite, isNaN, logicalNot, logicalAnd, logicalOr } = elementwise;
const { equal, notEqual, less, lessEqual, greater, greaterEqual } = elementwise;

const toFloats: readonly MapPrimitive[] = [
  ...[exp, log, sin, cos, sqrt, tanh, sigmoid, softplus, logaddexp],
  ...[neg, abs, sign, floor, ceil, round, square, reciprocal, relu],
  ...[add, sub, mul, div, maximum, minimum, where],
];
const toBools: readonly MapPrimitive[] = [
  ...[isFinite, isNaN, logicalNot, logicalAnd, logicalOr],
  ...[equal, notEqual, less, lessEqual, greater, greaterEqual],
];

export const special = [
  ...[0, -0, NaN, Infinity, -Infinity, 1, -1, 0.5, -2.5, 3.5],
  ...[5e-324, -1e-310, 1.7976931348623157e308, 3e6, -1e22, 709.5, -745, 2147483648],
];

const anyNumber = fc.oneof(
  fc.constantFrom(...special),
  fc.double({ min: -3, max: 3 }),
  fc.double({ min: -800, max: 800 }),
  fc.double(),
);

/** Numbers, repeated with a period that meets blocks, parts and lanes at all places. */
const numbersIn = (dtype: DType, count: number, numbers: readonly number[]): TypedArray => {
  const out = allocate(dtype, count);
  for (let i = 0; i < count; i++) {
    const value = numbers[(i + Math.floor(i / 13)) % numbers.length]!;
    out[i] = dtype === "bool" ? Number(value > 0) : value;
  }
  return out;
};

const arbDomain = fc.oneof(
  fc.integer({ min: 1, max: 5000 }).map((n) => [n]),
  fc.tuple(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 90 })),
  fc.tuple(fc.integer({ min: 1, max: 700 }), fc.integer({ min: 1, max: 9 })),
  fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 2200 })),
  fc.tuple(fc.nat(8), fc.nat(20), fc.nat(30)).map((lengths) => lengths.map((n) => n + 1)),
);

/** Strides that follow an order of the axes, with steps, and none along some: broadcast, transposed or sliced operands. */
function arbStrides(domain: readonly number[]): fc.Arbitrary<{ strides: number[]; size: number }> {
  const axes = [...domain.keys()];
  const anyAccess = fc.record({
    order: fc.shuffledSubarray(axes, { minLength: axes.length }),
    isAlong: fc.array(fc.boolean(), { minLength: axes.length, maxLength: axes.length }),
    step: fc.integer({ min: 1, max: 2 }),
  });
  const dense = fc.constant({ order: axes.toReversed(), isAlong: axes.map(() => true), step: 1 });
  return fc.oneof({ weight: 2, arbitrary: dense }, anyAccess).map(({ order, isAlong, step }) => {
    const strides = domain.map(() => 0);
    let size = step;
    for (const axis of order) {
      if (!isAlong[axis]!) continue;
      strides[axis] = size;
      size *= domain[axis]!;
    }
    return { strides, size: size + 1 };
  });
}

/** A kernel with loads, numbers, operations, maybe reductions, and operations after them. */
export const arbVectorCase: fc.Arbitrary<VectorCase> = arbDomain.chain((domain) =>
  fc
    .record({
      loads: fc.array(
        fc.record({
          access: arbStrides(domain),
          offset: fc.nat(3),
          dtype: fc.constantFrom<DType>("float64", "float64", "float64", "float32", "bool", "int32"),
          numbers: fc.array(anyNumber, { minLength: 1, maxLength: 30 }),
        }),
        { minLength: 1, maxLength: 4 },
      ),
      numbers: fc.array(anyNumber, { maxLength: 2 }),
      steps: fc.array(
        fc.record({
          primitive: fc.constantFrom(...toFloats, ...toFloats, ...toBools),
          operands: fc.array(fc.nat(), { minLength: 3, maxLength: 3 }),
          isSingle: fc.integer({ max: 4, min: 0 }).map((k) => k === 0),
        }),
        { minLength: 1, maxLength: 8 },
      ),
      firstReduced: fc.nat(domain.length),
      reducedCount: fc.integer({ min: 1, max: domain.length }),
      reductions: fc.array(
        fc.record({
          kind: fc.constantFrom<"sum" | "max" | "min">("sum", "sum", "max", "min"),
          input: fc.nat(),
          isSingle: fc.boolean(),
        }),
        { minLength: 1, maxLength: 2 },
      ),
      stored: fc.nat(),
      /** Are most arrays, and values, of float32? */
      mostlySingle: fc.boolean(),
    })
    .map(({ mostlySingle, ...random }) => ({
      ...random,
      loads: random.loads.map((load) => {
        return mostlySingle && load.dtype === "float64" ? { ...load, dtype: "float32" as const } : load;
      }),
      steps: random.steps.map((step) => ({ ...step, isSingle: step.isSingle !== mostlySingle })),
    }))
    .map(({ loads, numbers, steps, firstReduced, reducedCount, reductions, stored }) => {
      const values: FusedValue[] = [];
      const after: boolean[] = [];
      const push = (value: FusedValue, isAfter = false): number => {
        after.push(isAfter);
        return values.push(value) - 1;
      };
      loads.forEach(({ access: { strides }, offset }, array) => {
        push({ kind: "load", array, offset, strides });
      });
      const operands = (): TypedArray[] =>
        loads.map(({ access, offset, dtype, numbers: list }) => numbersIn(dtype, offset + access.size, list));
      for (const value of numbers) push({ kind: "number", value });
      const apply = (step: (typeof steps)[number], from: readonly number[], isAfter: boolean): number => {
        const { expression, before, arity } = step.primitive;
        const inputs = step.operands.slice(0, arity).map((k) => from[k % from.length]!);
        const dtype = toBools.includes(step.primitive) ? "bool" : step.isSingle ? "float32" : "float64";
        return push({ kind: "map", expression, before, inputs, dtype }, isAfter);
      };
      for (const step of steps) apply(step, [...values.keys()], false);
      const dtypeOf = (v: number): DType => {
        const value = values[v]!;
        return value.kind === "load" ? loads[value.array]!.dtype : "dtype" in value ? value.dtype : "float64";
      };
      const reduced = domain.map((_, k) => k >= firstReduced && k < firstReduced + reducedCount);
      const last = values.length - 1;
      let results = [last, stored % values.length].filter((v) => values[v]!.kind !== "number");
      if (reduced.includes(true)) {
        const sums = reductions.map(({ kind, input: choice, isSingle }) => {
          const input = last - (choice % (last + 1));
          const own = dtypeOf(input);
          // The maximum of single numbers is one of them; a sum may be rounded.
          if (kind !== "sum" && own !== "int32") return push({ kind, input, dtype: own }, true);
          return push({ kind: "sum", input, dtype: isSingle ? "float32" : "float64" }, true);
        });
        const end = apply(steps[0]!, sums, true);
        results = [...results.slice(1), sums[0]!, end];
      }
      const outputs = results.map((v) => (dtypeOf(v) === "int32" ? "float64" : dtypeOf(v)));
      const kernel = {
        domain,
        reduced,
        values,
        after,
        results: results.map((value, array) => ({
          array,
          value,
          ...storing(domain, reduced, after[value]!),
        })),
      };
      return { kernel, operands, inputs: loads.map(({ dtype }) => dtype), outputs };
    }),
);

/** A result lies in the order of the axes that it has, maybe after something else. */
function storing(
  domain: readonly number[],
  reduced: readonly boolean[],
  isAfter: boolean,
): Omit<Access, "array"> {
  const has = (axis: number): boolean => !(isAfter && reduced[axis]!);
  const axes = [...domain.keys()].filter(has);
  const own = stridesOf(axes.map((axis) => domain[axis]!));
  return {
    offset: has(0) ? 3 : 0,
    strides: domain.map((_, axis) => (has(axis) ? own[axes.indexOf(axis)]! : 0)),
  };
}
