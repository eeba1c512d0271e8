import type { DType } from "../dtype/index.js";
import { formatShape } from "../shape/index.js";
import { formatTensor, numbersOf } from "./format-tensor.js";
import type { Tensor } from "../tensor/tensor.js";

/**
 * Code that makes this tensor again, bit for bit: `tensor([0.5, -0])`, with a dtype where it is not what the numbers would
 * get, and a shape where brackets cannot tell it. A tensor without known numbers is printed as by `toString`.
 */
export function sourceOf(x: Tensor): string {
  const data = numbersOf(x);
  if (data === undefined) return formatTensor(x);
  const { shape, dtype } = x;
  const brackets = (axis: number, offset: number, size: number): string => {
    if (axis === shape.length) return literal(data[offset]!, dtype);
    const part = size / shape[axis]!;
    return `[${Array.from({ length: shape[axis]! }, (_, i) => brackets(axis + 1, offset + i * part, part)).join(", ")}]`;
  };
  const empty = data.length === 0;
  const implied = dtype === "float64" || (dtype === "bool" && !empty);
  const options = [
    ...(empty && shape.length !== 1 ? [`shape: ${formatShape(shape)}`] : []),
    ...(implied ? [] : [`dtype: "${dtype}"`]),
  ];
  const numbers = empty ? "[]" : brackets(0, 0, data.length);
  return options.length === 0 ? `tensor(${numbers})` : `tensor(${numbers}, { ${options.join(", ")} })`;
}

/** The shortest decimal that gives the same number. */
function literal(value: number, dtype: DType): string {
  if (dtype === "bool") return value !== 0 ? "true" : "false";
  if (Object.is(value, -0)) return "-0";
  if (dtype !== "float32" || !Number.isFinite(value)) return String(value);
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(Number(value.toPrecision(9)));
}
