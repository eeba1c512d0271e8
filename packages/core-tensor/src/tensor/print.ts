import type { DType, TypedArray } from "../dtype/index.js";
import { formatShape, sizeOf } from "../shape/index.js";
import type { Tensor } from "./tensor.js";

const SIGNIFICANT = 8;
const MOST_ELEMENTS = 1000;
const EDGE = 3;

/**
 * NumPy's way of printing: nested brackets, one line per row, 8 significant digits, aligned columns, and the middle
 * of long axes left out when there are more than 1000 elements.
 */
export function formatTensor(x: Tensor): string {
  const batch = batchOf(x);
  if (batch !== undefined) return `<batch of ${String(batch.shape[0]!)}> ${formatTensor(batch)}`;
  const data = numbersOf(x);
  if (data === undefined) return `<unknown ${x.dtype}${formatShape(x.shape)}>`;
  const summarise = sizeOf(x.shape) > MOST_ELEMENTS;
  const texts = new Map<number, string>();
  let width = 0;
  const visit = (axis: number, offset: number, stride: number, each: (position: number) => void): void => {
    if (axis === x.shape.length) {
      each(offset);
      return;
    }
    const length = x.shape[axis]!;
    const step = stride / Math.max(length, 1);
    for (const i of shown(length, summarise)) if (i >= 0) visit(axis + 1, offset + i * step, step, each);
  };
  visit(0, 0, data.length, (position) => {
    const text = formatNumber(data[position]!, x.dtype);
    texts.set(position, text);
    width = Math.max(width, text.length);
  });

  const layout = (axis: number, offset: number, stride: number): string => {
    if (axis === x.shape.length) return texts.get(offset)!.padStart(x.shape.length > 1 ? width : 0);
    const length = x.shape[axis]!;
    const step = stride / Math.max(length, 1);
    const parts = shown(length, summarise).map((i) =>
      i < 0 ? "..." : layout(axis + 1, offset + i * step, step),
    );
    const depth = x.shape.length - axis - 1;
    const separator = depth === 0 ? ", " : `,${"\n".repeat(depth)}${" ".repeat(axis + 1)}`;
    return `[${parts.join(separator)}]`;
  };
  return layout(0, 0, data.length);
}

/** The numbers at the bottom, if there are any; also of a traced tensor that may not be computed with any more. */
export function numbersOf(x: Tensor): TypedArray | undefined {
  let current: Tensor | undefined = x;
  while (current !== undefined) {
    const { content }: Tensor = current;
    if (!("trace" in content)) return content;
    current = content.primal;
  }
  return undefined;
}

/** All values of a tensor that stands for several. */
function batchOf(x: Tensor): Tensor | undefined {
  let current = x;
  for (;;) {
    const { content } = current;
    if (!("trace" in content)) return undefined;
    if (content.primal === undefined) return content.whole;
    current = content.primal;
  }
}

/** The indices along one axis that are printed; -1 stands for the gap. */
function shown(length: number, summarise: boolean): number[] {
  const all = Array.from({ length }, (_, i) => i);
  return summarise && length > 2 * EDGE ? [...all.slice(0, EDGE), -1, ...all.slice(-EDGE)] : all;
}

function formatNumber(value: number, dtype: DType): string {
  if (dtype === "bool") return value !== 0 ? "true" : "false";
  if (dtype === "int32") return String(value);
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  return String(Number(value.toPrecision(SIGNIFICANT)));
}
