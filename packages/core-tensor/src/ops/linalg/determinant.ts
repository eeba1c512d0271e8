import { bind } from "../../dispatch/index.js";
import * as p from "../../primitives/index.js";
import { sizeOf } from "../../shape/index.js";
import { ones, zeros } from "../../tensor/create.js";
import { knownNumbers } from "../../tensor/host-array.js";
import type { Like } from "../../tensor/like.js";
import { provide } from "../../tensor/methods/provided.js";
import type { Tensor } from "../../tensor/tensor.js";
import { mod } from "../arithmetic.js";
import { equal, less, logicalAnd } from "../compare.js";
import { abs, add, log, maximum, mul, sign as signs, sub, where } from "../elementwise.js";
import { square } from "../linalg.js";
import { matmul } from "../products.js";
import { promoteFloats } from "../promote.js";
import { sum } from "../reduce.js";
import { broadcastTo, expandDims, reshape } from "../shape.js";
import { slice } from "../slice.js";
import { takeAlongAxis } from "../take.js";
import { triangleMask } from "../triangle.js";
import { determinantOfSmall, diagonalOf } from "./division-free.js";
import { identityLike } from "./inverse.js";
import { solve } from "./solve.js";

/**
 * The determinant of matrices [..., n, n]; 1 for n = 0.
 *
 * **Derivatives** are right for singular matrices too, to order 7 at least: the first is the adjugate, d det = tr(adj(A) dA),
 * which for rank n - 1 is not zero. With the rows and columns in the order of complete pivoting, and k = max(1, n - rank),
 *
 *     det A = +- det A11 det(A22 - A21 A11^-1 A12)
 *
 * where A11 is well inside the invertible matrices, and the determinant of the k x k Schur complement is taken without
 * divisions (Bird 2011); for k > 8, where it is 0 to order 7, by the same splitting of the Schur complement. Inside of
 * `jit`, where the rank is not known, derivatives are right to order 3.
 *
 * @throws ShapeError for matrices that are not square
 * @example
 * ```ts
 * linalg.det([[1, 2], [3, 4]]).item(); // => -2
 * ```
 */
export function det(a: Like): Tensor {
  return determinant(square(promoteFloats([a])[0]!, "linalg.det"));
}

/** Up to this size the O(k^4) operations of the expansion without divisions do not matter. */
const SMALL = 8;

function determinant(a: Tensor): Tensor {
  const batch = a.shape.slice(0, -2);
  const n = a.shape[a.ndim - 1]!;
  if (n === 0 || sizeOf(batch) === 0) return ones(batch, { dtype: a.dtype });
  const [rows, columns, rank] = bind(p.completePivoting, [a], {}) as [Tensor, Tensor, Tensor];
  const along = (order: Tensor, axis: -1 | -2) => broadcastTo(expandDims(order, axis), a.shape);
  const sorted = takeAlongAxis(takeAlongAxis(a, along(rows, -1), -2), along(columns, -2), -1);
  const sizes = maximum(sub(n, rank), 1);
  return mul(bySize(sorted, sizes), mul(signOf(rows), signOf(columns)).astype(a.dtype));
}

/** Each matrix gets the size of the Schur complement that suits it; for other sizes an identity stands in its place. */
function bySize(sorted: Tensor, sizes: Tensor): Tensor {
  const numbers = knownNumbers(sizes, "linalg.det");
  // While nobody knows, the sizes that matter for derivatives up to order 3: for a larger one those are zero.
  const possible = numbers === undefined ? [1, 2, 3] : [...new Set(numbers)];
  if (numbers !== undefined && possible.length === 1) return bySplitting(sorted, possible[0]!);
  let result = zeros(sizes.shape, { dtype: sorted.dtype });
  for (const k of possible) {
    if (k > sorted.shape[sorted.ndim - 1]!) continue;
    const own = equal(sizes, k);
    const matrices = where(expandDims(expandDims(own, -1), -1), sorted, identityLike(sorted));
    result = where(own, bySplitting(matrices, k), result);
  }
  return result;
}

/** det A11 det(A22 - A21 A11^-1 A12), with A22 of size k */
function bySplitting(a: Tensor, k: number): Tensor {
  const batch = a.shape.slice(0, -2);
  const n = a.shape[a.ndim - 1]!;
  // Zeros throughout: the determinant is a product of n > 8 elements, and so are all terms of its first derivatives.
  if (k === n && n > SMALL) return zeros(batch, { dtype: a.dtype });
  const r = n - k;
  const block = (rows: readonly [number, number], columns: readonly [number, number]) =>
    slice(a, ...batch.map(() => null), rows, columns);
  const leading = block([0, r], [0, r]);
  const corner = block([r, n], [r, n]);
  const schur =
    r === 0 ? corner : sub(corner, matmul(block([r, n], [0, r]), solve(leading, block([0, r], [r, n]))));
  const { diagonal, sign } = luDiagonal(leading);
  const ofLeading = mul(productOverLast(diagonal), sign);
  return mul(ofLeading, k <= SMALL ? determinantOfSmall(schur) : determinant(schur));
}

/**
 * `sign` (1, -1, or 0 for a singular matrix) and `logabsdet` = log |det A| (-Infinity) of matrices [..., n, n], without
 * overflow or underflow; as NumPy's. By LU with partial pivoting.
 *
 * **Derivatives**: d log |det A| = tr(A^-1 dA). A singular matrix has none, and the result is not finite there; the sign has
 * derivative 0.
 *
 * @throws ShapeError for matrices that are not square
 * @example
 * ```ts
 * const { sign, logabsdet } = linalg.slogdet([[0, 2], [3, 0]]);
 * sign.item(); // => -1
 * logabsdet.exp().item(); // => 6
 * ```
 */
export function slogdet(a: Like): { sign: Tensor; logabsdet: Tensor } {
  const matrix = square(promoteFloats([a])[0]!, "linalg.slogdet");
  const { diagonal, sign } = luDiagonal(matrix);
  return {
    // 0 and not -0
    sign: add(mul(productOverLast(signs(diagonal)), sign), 0),
    logabsdet: sum(log(abs(diagonal)), { axis: -1 }),
  };
}

/** The diagonal of U in P A = L U, [..., n], and the determinant of P. */
function luDiagonal(a: Tensor): { diagonal: Tensor; sign: Tensor } {
  const [packed, order] = bind(p.lu, [a], {}) as [Tensor, Tensor];
  return { diagonal: diagonalOf(packed), sign: signOf(order).astype(a.dtype) };
}

/** The sign of permutations [..., n]: that of the number of pairs that are the wrong way round. */
function signOf(order: Tensor): Tensor {
  const n = order.shape[order.ndim - 1]!;
  const turned = less(expandDims(order, -2), expandDims(order, -1));
  const pairs = sum(logicalAnd(turned, triangleMask(n, n, "upper", 1)), { axis: [-2, -1] });
  return sub(1, mul(2, mod(pairs, 2)));
}

/** The product over the last axis, by halves; its derivative needs no division. */
function productOverLast(x: Tensor): Tensor {
  const batch = x.shape.slice(0, -1);
  const part = (from: number, to: number) => slice(current, ...batch.map(() => null), [from, to]);
  let current = x;
  let rest = ones(batch, { dtype: x.dtype });
  for (let n = x.shape[x.ndim - 1]!; n > 0; n = Math.floor(n / 2)) {
    const half = Math.floor(n / 2);
    if (n % 2 === 1) rest = mul(rest, reshape(part(n - 1, n), batch));
    if (half > 0) current = mul(part(0, half), part(half, 2 * half));
  }
  return rest;
}

provide({ det, slogdet });
