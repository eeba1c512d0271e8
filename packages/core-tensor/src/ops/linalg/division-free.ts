import { zerosLike } from "../../tensor/create.js";
import { Tensor } from "../../tensor/tensor.js";
import { add, neg, where } from "../elementwise.js";
import { matmul } from "../products.js";
import { sum } from "../reduce.js";
import { expandDims, reshape } from "../shape.js";
import { slice } from "../slice.js";
import { triangleMask, triu } from "../triangle.js";

/** The diagonal of matrices [..., n, n], as [..., n]. */
export function diagonalOf(x: Tensor): Tensor {
  return sum(where(identityMask(x.shape[x.ndim - 1]!), x, 0), { axis: -1 });
}

/**
 * det A = (-1)^(k-1) (F^(k-1)(A))_11 with F(X) = M(X) A, where M(X) is the part of X above the diagonal, with minus the sum
 * of x_jj over j > i on the diagonal (Bird 2011, "A simple division-free algorithm for computing determinants"). A
 * polynomial: its derivatives of all orders are right everywhere. It takes O(k^4): for small or zero matrices.
 */
export function determinantOfSmall(a: Tensor): Tensor {
  const k = a.shape[a.ndim - 1]!;
  let x = a;
  for (let step = 1; step < k; step++) x = matmul(reduced(x), a);
  const first = slice(x, ...a.shape.slice(0, -2).map(() => null), [0, 1], [0, 1]);
  const corner = reshape(first, a.shape.slice(0, -2));
  return k % 2 === 1 ? corner : neg(corner);
}

function reduced(x: Tensor): Tensor {
  const k = x.shape[x.ndim - 1]!;
  const below = where(triangleMask(k, k, "upper", 1), expandDims(diagonalOf(x), -2), 0);
  const sums = neg(sum(below, { axis: -1, keepDims: true }));
  return add(triu(x, 1), where(identityMask(k), sums, zerosLike(x)));
}

function identityMask(n: number): Tensor {
  const mask = Uint8Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
  return new Tensor([n, n], "bool", mask);
}
