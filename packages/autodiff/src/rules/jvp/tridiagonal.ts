import {
  bindOne,
  concatenate,
  expandDims,
  mul,
  neg,
  slice,
  zeros,
  type Tensor,
} from "@cotangent/core-tensor";
import { along, each, type AtOne } from "../rule.js";

/** Row i of the result is row i - k of x, [..., n, m], and zeros come in at the end. */
function shifted(x: Tensor, k: 1 | -1): Tensor {
  const [n, m] = x.shape.slice(-2) as [number, number];
  if (n === 0) return x;
  const batch = x.shape.slice(0, -2);
  const gap = zeros([...batch, 1, m], { dtype: x.dtype });
  const part = slice(x, ...batch.map(() => null), k === 1 ? [0, n - 1] : [1, n]);
  return concatenate(k === 1 ? [gap, part] : [part, gap], -2);
}

/** d(T^-1 B) = T^-1 (dB - dT X); of the lower band dT X is l_i x_{i-1}, transposed l_{i+1} x_{i+1}; and so on */
const partial =
  (moved: (t: Tensor, x: Tensor, transpose: boolean) => Tensor) =>
  (
    t: Tensor,
    { primitive, inputs: [lower, diagonal, upper], output: x, params }: AtOne<"tridiagonalSolve">,
  ): Tensor =>
    bindOne(
      primitive,
      [lower!, diagonal!, upper!, neg(moved(expandDims(t, -1), x, params.transpose))],
      params,
    );

const tridiagonalSolve = each<"tridiagonalSolve">(
  partial((t, x, transpose) => (transpose ? shifted(mul(t, x), -1) : mul(t, shifted(x, 1)))),
  partial((t, x) => mul(t, x)),
  partial((t, x, transpose) => (transpose ? shifted(mul(t, x), 1) : mul(t, shifted(x, -1)))),
  along(3),
);

/** Solves with three bands. */
export const tridiagonalJvp = { tridiagonalSolve };
