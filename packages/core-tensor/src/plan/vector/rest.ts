import { stridesOf } from "../../shape/index.js";
import type { Access, FusedKernel, FusedValue } from "../fused-kernel.js";
import { checkKnown } from "./known.js";

/**
 * What a kernel computes after its reductions, as a kernel over the axes that are kept: reduction number r is read from
 * operand `operands + r`. Numbers of values stay what they are.
 */
export function restOf(
  { domain, reduced, values, after, results }: FusedKernel,
  operands: number,
): FusedKernel {
  const kept = <T>(list: readonly T[]): T[] => list.filter((_, axis) => !reduced[axis]!);
  const narrowed = <A extends Access>(access: A): A => ({ ...access, strides: kept(access.strides) });
  const own = stridesOf(kept(domain));
  let array = operands;
  const restValue = (value: FusedValue, v: number): FusedValue => {
    switch (value.kind) {
      case "sum":
      case "max":
      case "min":
        return { kind: "load", array: array++, offset: 0, strides: own };
      case "number":
        return value;
      default:
        if (!after[v]!) return { kind: "number", value: 0 };
        checkKnown(value);
        return value.kind === "load" ? narrowed(value) : value;
    }
  };
  return {
    domain: kept(domain),
    reduced: kept(reduced),
    values: values.map(restValue),
    after: values.map(() => false),
    results: results.filter(({ value }) => after[value]!).map(narrowed),
  };
}
