import { arrange, contract } from "../einsum/contract.js";
import { ShapeError, ValueError } from "../errors/index.js";
import { formatShape, normalizeAxis } from "../shape/index.js";
import type { Like } from "../tensor/like.js";
import type { Tensor } from "../tensor/tensor.js";
import { promoteNumbers } from "./promote.js";

/** The last n axes of a with the first n of b, or axes of a with as many axes of b. */
export type TensordotAxes = number | readonly [a: number | readonly number[], b: number | readonly number[]];

/**
 * The product summed over pairs of axes, lengths equal; the other axes of a come first, then those of b (NumPy's
 * `tensordot`).
 *
 * @throws ShapeError when paired axes have different lengths or their numbers differ
 * @example
 * ```ts
 * tensordot([[1, 2], [3, 4]], [1, 1], 1); // => [3, 7]
 * tensordot([[1, 2], [3, 4]], [1, 1], [0, 0]); // => [4, 6]
 * ```
 */
export function tensordot(a: Like, b: Like, axes: TensordotAxes = 2): Tensor {
  const [x, y] = promoteNumbers([a, b]) as [Tensor, Tensor];
  const [ofX, ofY] = pairs(x, y, axes);
  const labelsX = x.shape.map((_, axis) =>
    ofX.includes(axis) ? `s${String(ofX.indexOf(axis))}` : `x${String(axis)}`,
  );
  const labelsY = y.shape.map((_, axis) =>
    ofY.includes(axis) ? `s${String(ofY.indexOf(axis))}` : `y${String(axis)}`,
  );
  const output = [...labelsX, ...labelsY].filter((label) => !label.startsWith("s"));
  return arrange(contract({ x, labels: labelsX }, { x: y, labels: labelsY }, output), output);
}

function pairs(x: Tensor, y: Tensor, axes: TensordotAxes): [readonly number[], readonly number[]] {
  const shapes = `${formatShape(x.shape)} and ${formatShape(y.shape)}`;
  if (typeof axes === "number") {
    if (!Number.isInteger(axes) || axes < 0) {
      throw new ValueError(`tensordot: a number of axes is a whole number from 0, got ${String(axes)}`);
    }
    if (axes > Math.min(x.ndim, y.ndim)) {
      throw new ShapeError(`tensordot: ${shapes} do not both have ${String(axes)} axes to sum over`);
    }
    const count = Array.from({ length: axes }, (_, i) => i);
    return checked(x, y, [count.map((i) => x.ndim - axes + i), count]);
  }
  const [ofX, ofY] = axes.map((list) => (typeof list === "number" ? [list] : list)) as [number[], number[]];
  if (ofX.length !== ofY.length) {
    throw new ShapeError(
      `tensordot: ${String(ofX.length)} axes of a and ${String(ofY.length)} axes of b do not make pairs`,
    );
  }
  return checked(x, y, [
    ofX.map((axis) => normalizeAxis(axis, x.ndim, "tensordot")),
    ofY.map((axis) => normalizeAxis(axis, y.ndim, "tensordot")),
  ]);
}

function checked(
  x: Tensor,
  y: Tensor,
  axes: [readonly number[], readonly number[]],
): [readonly number[], readonly number[]] {
  if (axes.some((list) => new Set(list).size !== list.length)) {
    throw new ShapeError("tensordot: an axis is given twice");
  }
  axes[0].forEach((axis, i) => {
    const [m, n] = [x.shape[axis]!, y.shape[axes[1][i]!]!];
    if (m === n) return;
    throw new ShapeError(
      `tensordot: axis ${String(axis)} of ${formatShape(x.shape)} and axis ${String(axes[1][i])} of ${formatShape(y.shape)} have lengths ${String(m)} and ${String(n)}`,
    );
  });
  return axes;
}
