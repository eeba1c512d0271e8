import { Expression } from "../fuse/expression.js";
import * as elementwise from "../primitives/elementwise.js";
import type { MapPrimitive } from "../primitives/elementwise.js";
import { layoutOf, matmulKernel } from "./contract.js";
import { fusedKernel } from "./fused.js";
import { placeKernel, stridedKernel, takeKernel } from "./gather.js";
import type { Kernel, KernelConstants } from "./kernel.js";
import { accessConstant, mapKernel, type Access } from "./map.js";
import { maxKernel, minKernel, reduceConstants, sumKernel } from "./reduce.js";

/** A kernel with inputs to try it on. */
export interface KernelSample {
  readonly kernel: Kernel;
  readonly inputs: readonly (readonly number[])[];
  readonly constants: KernelConstants;
  /** Number of output elements. */
  readonly length: number;
}

/**
 * Every kernel text there is, with sample inputs: what an executor is tested on.
 *
 * @example
 * ```ts
 * kernelCatalogue().length > 50; // => true
 * ```
 */
export function kernelCatalogue(): readonly KernelSample[] {
  return [...maps(), ...accesses(), ...fusions(), ...reductions(), ...contractions(), ...gathers()];
}

const points = [-2.5, -1, -0.5, 0, 0.25, 1, 1.5, 3];
const inside = [0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 4];
/** No quotient is near a whole number, where a remainder jumps. */
const uneven = [-2.3, -0.9, -0.4, 0.7, 1.3, 1.9, 2.6, 3.5];

function maps(): KernelSample[] {
  const positive = new Set(["log", "log1p", "sqrt", "reciprocal", "pow", "div"]);
  const third = points.map((x) => x / 3);
  const own: Readonly<Record<string, readonly number[]>> = { asin: third, acos: third, mod: uneven };
  const primitives = Object.values(elementwise).filter(
    (primitive): primitive is typeof primitive & MapPrimitive => "expression" in primitive,
  );
  return primitives.map(({ name, expression, before, arity }) => ({
    kernel: mapKernel(name, expression, new Array<Access>(arity).fill("full"), before),
    inputs: Array.from({ length: arity }, (_, i) => {
      const values = own[name] ?? (positive.has(name) ? inside : points);
      return values.map((_value, k) => values[(k + 3 * i) % values.length]!);
    }),
    constants: {},
    length: points.length,
  }));
}

/** One expression, all ways to read an operand. */
function accesses(): KernelSample[] {
  const operands: Record<Access, readonly number[]> = {
    full: [1, 2, 3, 4, 5, 6],
    scalar: [0.5],
    row: [10, 20, 30],
    column: [100, 200],
  };
  const sizes: Record<string, number> = { row: 3, column: 3 };
  return (Object.keys(operands) as Access[]).map((access) => {
    const constant = accessConstant(1, access);
    return {
      kernel: mapKernel(`add ${access}`, "a + b", ["full", access]),
      inputs: [operands.full, operands[access]],
      constants: constant === undefined ? {} : { [constant]: sizes[access]! },
      length: 6,
    };
  });
}

/** log(b) tanh(a) + (a > 1 ? 2 : b), with steps that use names of their own. */
function fusions(): KernelSample[] {
  const { add, greater, log, mul, tanh, where } = elementwise;
  const step = (primitive: MapPrimitive, ...operands: number[]) => ({ primitive, params: {}, operands });
  const steps = [
    step(log, 1),
    step(tanh, 0),
    step(mul, 2, 3),
    { value: 1, dtype: "float64" as const },
    step(greater, 0, 5),
    { value: 2, dtype: "float64" as const },
    step(where, 6, 7, 1),
    step(add, 4, 8),
  ];
  const expression = new Expression(["float64", "float64"], steps, "float64");
  return (["full", "scalar"] as const).map((access) => ({
    kernel: fusedKernel(expression, ["full", access]),
    inputs: [points, access === "full" ? inside : [2]],
    constants: {},
    length: points.length,
  }));
}

function reductions(): KernelSample[] {
  const long = Array.from({ length: 2 * 150 * 3 }, (_, i) => Math.sin(i));
  return [sumKernel, maxKernel, minKernel].map((kernel) => ({
    kernel,
    inputs: [long],
    constants: reduceConstants(150, 3),
    length: 6,
  }));
}

function contractions(): KernelSample[] {
  const a = Array.from({ length: 2 * 3 * 4 }, (_, i) => Math.cos(i));
  const b = Array.from({ length: 4 * 5 }, (_, i) => Math.sin(i));
  return [false, true].map((transposeB) => ({
    kernel: { ...matmulKernel, name: transposeB ? "matmul transposed" : "matmul" },
    inputs: [a, b],
    constants: { ...layoutOf([2, 3, 4], transposeB ? [5, 4] : [4, 5], { transposeA: false, transposeB }) },
    length: 2 * 3 * 5,
  }));
}

function gathers(): KernelSample[] {
  const x = Array.from({ length: 12 }, (_, i) => i + 0.5);
  return [
    // A [3, 4] matrix transposed; tables are reversed, last axis first.
    { kernel: stridedKernel, inputs: [x, [3, 4], [4, 1]], constants: { rank: 2, offset: 0 }, length: 12 },
    // [3, 4] placed into [5, 9] at rows 1.. and every second column.
    {
      kernel: placeKernel,
      inputs: [x, [9, 5], [4, 3], [1, 1], [2, 1], [1, 4]],
      constants: { rank: 2 },
      length: 45,
    },
    {
      kernel: takeKernel,
      inputs: [x, [2, 0, 1, 2]],
      constants: { length: 3, count: 4, inner: 4 },
      length: 16,
    },
  ];
}
