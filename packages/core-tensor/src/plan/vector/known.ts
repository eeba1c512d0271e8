import type { FusedKernel, FusedValue } from "../fused-kernel.js";
import { NotVectorisable } from "./read-text.js";

/** The properties of values that vectors know, by their kind. */
const properties: ReadonlyMap<string, readonly string[]> = new Map([
  ["number", ["kind", "value"]],
  ["load", ["kind", "array", "offset", "strides"]],
  ["map", ["kind", "expression", "before", "inputs", "dtype"]],
  ["sum", ["kind", "input", "dtype"]],
  ["max", ["kind", "input", "dtype"]],
  ["min", ["kind", "input", "dtype"]],
]);

/** Refuses what kernels have for plain loops alone: a property that vectors do not know may change what is meant. */
export function checkKnown(value: FusedValue): void {
  checkProperties(value, properties.get(value.kind) ?? []);
}

/** The same for a kernel, but not its values. */
export function checkKernel(kernel: FusedKernel): void {
  checkProperties(kernel, ["domain", "reduced", "values", "after", "results"]);
  for (const result of kernel.results) checkProperties(result, ["array", "value", "offset", "strides"]);
}

function checkProperties(object: object, known: readonly string[]): void {
  const other = Object.keys(object).find((name) => !known.includes(name));
  if (other !== undefined) throw new NotVectorisable(other);
}
