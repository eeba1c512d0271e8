import { sizeOf, type Abstract } from "@cotangent/core-tensor";
import type { ProgramEquation } from "./equation.js";

/** What a program does, for one run of each of its equations. */
export interface Counts {
  readonly operations: number;
  /** Elements of all results. */
  readonly elements: number;
  /**
   * Floating-point operations: one for every element of an elementwise function, an addition for every element of a
   * reduction, a multiplication and an addition for every term of a product. Factorisations and solves are not counted.
   */
  readonly flops: number;
  /** Bytes of all operands and results, as if none was kept in a register. */
  readonly bytes: number;
}

/** Counts of a list of equations; of branches and loops, of what each of their programs does once. */
export function countsOf(equations: readonly ProgramEquation[]): Counts {
  const total = { operations: 0, elements: 0, flops: 0, bytes: 0 };
  const add = (counts: Counts): void => {
    total.operations += counts.operations;
    total.elements += counts.elements;
    total.flops += counts.flops;
    total.bytes += counts.bytes;
  };
  for (const equation of equations) {
    if ("call" in equation && equation.call.programs !== undefined) {
      for (const { equations: inner } of Object.values(equation.call.programs)) add(countsOf(inner));
    } else add(countsOfOne(equation));
  }
  return total;
}

const itemBytes = { float64: 8, float32: 4, int32: 4, bool: 1 };

function countsOfOne(equation: ProgramEquation): Counts {
  const { inputs, outputs } = equation;
  const elements = total(outputs, sizeOfAbstract);
  const bytes = (x: Abstract): number => sizeOfAbstract(x) * itemBytes[x.dtype];
  return { operations: 1, elements, flops: flopsOf(equation), bytes: total([...inputs, ...outputs], bytes) };
}

function flopsOf(equation: ProgramEquation): number {
  if ("call" in equation) return 0;
  const { primitive, inputs, outputs, params, fused } = equation;
  if (fused !== undefined) return fused.counts.flops;
  const size = sizeOfAbstract(outputs[0]!);
  switch (primitive.name) {
    case "matmul": {
      const { shape } = inputs[0]!;
      const transposed = "transposeA" in params && params.transposeA === true;
      return 2 * size * shape[shape.length - (transposed ? 2 : 1)]!;
    }
    case "sum":
    case "max":
    case "min":
    case "cumsum":
      return sizeOfAbstract(inputs[0]!);
    default:
      return "expression" in primitive ? size : 0;
  }
}

function total<T>(items: readonly T[], size: (item: T) => number): number {
  return items.reduce((sum, item) => sum + size(item), 0);
}

function sizeOfAbstract({ shape }: Abstract): number {
  return sizeOf(shape);
}
