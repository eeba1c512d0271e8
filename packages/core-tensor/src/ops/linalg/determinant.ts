import { bind } from "../../dispatch/index.js";
import type { TypedArray } from "../../dtype/index.js";
import { completePivoting, type Pivoting } from "../../host/linalg/complete-pivoting.js";
import * as p from "../../primitives/index.js";
import type { HostTensor } from "../../primitives/primitive.js";
import { sizeOf, type Shape } from "../../shape/index.js";
import { eye, ones, zeros } from "../../tensor/create.js";
import { fromNumbers } from "../../tensor/from-numbers.js";
import { allNumbers } from "../../tensor/host-array.js";
import type { Like } from "../../tensor/like.js";
import { provide } from "../../tensor/methods/provided.js";
import { Tensor } from "../../tensor/tensor.js";
import { equal } from "../compare.js";
import { abs, add, log, mul, sign as signOfNumbers, sub, where } from "../elementwise.js";
import { stack } from "../join.js";
import { square } from "../linalg.js";
import { matmul } from "../products.js";
import { astype, promoteFloats } from "../promote.js";
import { sum } from "../reduce.js";
import { broadcastTo, expandDims, reshape } from "../shape.js";
import { slice } from "../slice.js";
import { take, takeAlongAxis } from "../take.js";
import { determinantOfSmall, diagonalOf } from "./division-free.js";
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
 * divisions (Bird 2011); for k > 8, where it is 0 to order 7, by the same splitting of the Schur complement.
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
  const count = sizeOf(batch);
  if (n === 0 || count === 0) return ones(batch, { dtype: a.dtype });
  const [rows, columns, sign, rank] = fromNumbers(a, "linalg.det", pivotings);
  const ranks = allNumbers(rank, "linalg.det");
  const k = Math.max(1, n - Array.from(ranks).reduce((least, r) => Math.min(least, r), n));
  // Matrices of several ranks: each gets the splitting that suits it. (Under vmap the smallest rank decides for all.)
  if (k > 1 && count > 1) {
    const items = reshape(a, [count, n, n]);
    return reshape(stack(Array.from({ length: count }, (_, i) => determinant(take(items, i)))), batch);
  }
  // Zeros throughout: the determinant is a product of n > 8 elements, and so are all terms of its first derivatives.
  if (k === n && n > SMALL) {
    if (ranks.every((r) => r === 0)) return zeros(batch, { dtype: a.dtype });
    const isZero = equal(rank, 0);
    const others = where(expandDims(expandDims(isZero, -1), -1), eye(n, n, { dtype: a.dtype }), a);
    return where(isZero, 0, determinant(others));
  }
  const inOrder = (x: Tensor, order: Tensor, axis: -1 | -2) =>
    takeAlongAxis(x, broadcastTo(expandDims(order, axis === -1 ? -2 : -1), a.shape), axis);
  const sorted = inOrder(inOrder(a, rows, -2), columns, -1);
  const r = n - k;
  const block = (from: readonly [number, number], to: readonly [number, number]) =>
    slice(sorted, ...batch.map(() => null), from, to);
  const leading = block([0, r], [0, r]);
  const corner = block([r, n], [r, n]);
  const schur =
    r === 0 ? corner : sub(corner, matmul(block([r, n], [0, r]), solve(leading, block([0, r], [r, n]))));
  const { diagonal, sign: luSign } = luDiagonal(leading);
  const product = mul(productOverLast(diagonal), k <= SMALL ? determinantOfSmall(schur) : determinant(schur));
  return mul(product, mul(sign, luSign));
}

/** Of matrices [..., n, n]: the orders of rows and columns in complete pivoting, the sign of both, and the rank. */
function pivotings({ shape, dtype, content }: HostTensor): readonly [Tensor, Tensor, Tensor, Tensor] {
  const batch = shape.slice(0, -2);
  const n = shape[shape.length - 1]!;
  const epsilon = dtype === "float32" ? 2 ** -23 : 2 ** -52;
  const all = Array.from({ length: sizeOf(batch) }, (_, i) =>
    completePivoting(content, i * n * n, n, epsilon),
  );
  const integers = (of: Shape, valuesOf: (pivoting: Pivoting) => number | readonly number[]) =>
    new Tensor(of, "int32", Int32Array.from(all.flatMap(valuesOf)));
  return [
    integers([...batch, n], ({ rows }) => rows),
    integers([...batch, n], ({ columns }) => columns),
    astype(
      integers(batch, ({ sign }) => sign),
      dtype,
    ),
    integers(batch, ({ rank }) => rank),
  ];
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
    sign: add(mul(sign, productOverLast(signOfNumbers(diagonal))), 0), // not -0
    logabsdet: sum(log(abs(diagonal)), { axis: -1 }),
  };
}

/** The diagonal of U in P A = L U, [..., n], and the sign of every P. */
function luDiagonal(a: Tensor): { diagonal: Tensor; sign: Tensor } {
  const [packed, order] = bind(p.lu, [a], {}) as [Tensor, Tensor];
  const [sign] = fromNumbers(order, "linalg.det", permutationSigns);
  return { diagonal: diagonalOf(packed), sign: astype(sign, a.dtype) };
}

/** Of permutations [..., n]. */
function permutationSigns({ shape, content }: HostTensor): readonly [Tensor] {
  const n = shape[shape.length - 1]!;
  const batch = shape.slice(0, -1);
  const signs = Int32Array.from({ length: sizeOf(batch) }, (_, i) =>
    signOf(content.subarray(i * n, (i + 1) * n)),
  );
  return [new Tensor(batch, "int32", signs)];
}

/** The sign of a permutation: every cycle of even length turns it. */
function signOf(permutation: TypedArray): number {
  const seen = new Uint8Array(permutation.length);
  let sign = 1;
  for (let first = 0; first < permutation.length; first++) {
    let length = 0;
    for (let i = first; seen[i] === 0; i = permutation[i]!, length++) seen[i] = 1;
    if (length > 0 && length % 2 === 0) sign = -sign;
  }
  return sign;
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
