import { isFloat, type TypedArray } from "../dtype/index.js";
import { formatShape, sizeOf } from "../shape/index.js";
import type { Tensor } from "../tensor/tensor.js";
import { layOut, shownPositions } from "./layout.js";
import { align, formatFloat, formatNumbers } from "./numbers.js";
import { withDefaults, type FormatOptions } from "./options.js";

/** The text of a tensor, also of one that stands for several, or whose numbers are not known. */
export function formatTensor(x: Tensor, options: FormatOptions = {}): string {
  const batch = batchOf(x);
  if (batch !== undefined) return `<batch of ${String(batch.shape[0]!)}> ${formatTensor(batch, options)}`;
  const data = numbersOf(x);
  if (data === undefined) return `<unknown ${x.dtype}${formatShape(x.shape)}>`;
  return formatArray(x, data, withDefaults(options));
}

function formatArray(x: Tensor, data: TypedArray, options: Required<FormatOptions>): string {
  const { shape, dtype } = x;
  const { precision, threshold, lineWidth } = options;
  if (shape.length === 0 && isFloat(dtype)) return formatFloat(data[0]!, precision);
  const size = sizeOf(shape);
  // Brackets alone cannot tell an empty shape, nor how much was left out.
  const ofShape = ` of shape ${formatShape(shape)}`;
  if (size === 0) return shape.length === 1 ? "[]" : `[]${ofShape}`;

  const edgeItems = size > threshold ? options.edgeItems : Infinity;
  const shown = shownPositions(shape, edgeItems).map((position) => data[position]!);
  const texts = formatNumbers(shown, dtype, precision);
  const written = layOut(shape.length > 1 ? align(texts) : texts, shape, edgeItems, lineWidth);
  // A vector in one line needs no columns.
  const whole =
    shape.length === 1 && written.includes("\n")
      ? layOut(align(texts), shape, edgeItems, lineWidth)
      : written;
  return shown.length < size ? whole + ofShape : whole;
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
