import type { Tensor } from "@cotangent/core-tensor";
import { compressSymmetric } from "./colouring/compression.js";
import { givenPattern } from "./pattern/given-pattern.js";
import { onVectors } from "./on-vectors.js";
import { symmetrised } from "./pattern/pattern.js";
import { tracePattern } from "./pattern/pattern-trace.js";
import { fromProducts, type SparseDerivative } from "./sparse-derivative.js";
import type { TreeLike } from "../tree/index.js";
import { grad } from "../transforms/grad.js";
import { linearize } from "../transforms/linearize.js";
import type { SparseOptions } from "./sparse-jacobian.js";

/**
 * The Hessian of f at x as a sparse matrix, in compressed rows, of all elements of x, row-major, leaf after leaf.
 *
 *     H[i, j] = d^2 f / d x_i d x_j
 *
 * As `sparseJacobian` of the gradient, but symmetric to the bit, and with fewer products: of h_ij and h_ji one is read off,
 * so that a star colouring suffices.
 *
 * @param f - from a tensor (or tree) to one number
 * @returns see `sparseJacobian`
 * @throws PatternError when a given pattern lacks entries
 * @throws NonScalarError when f does not return one number; NotDifferentiableError for integers
 * @example
 * ```ts
 * // a chain of springs
 * const energy = (x: Tensor) => sub(x.slice([1, null]), x.slice([0, -1])).square().sum();
 * const H = sparseHessian(energy, zeros([1000]));
 * H.data.slice([0, 8]); // => [2, -2, -2, 4, -2, -2, 4, -2]
 * H.products; // => 4
 * ```
 *
 * Source: Gebremedhin, Manne, Pothen, "What Color Is Your Jacobian?" (2005), section 4.
 */
export function sparseHessian<X>(
  f: (x: X) => Tensor,
  x: TreeLike<X>,
  { pattern: given }: SparseOptions = {},
): SparseDerivative {
  const where = "sparseHessian";
  const { vector, treeOf } = onVectors<X>(x, where);
  const gradient = grad((v: Tensor) => f(treeOf(v)));
  const { value, pushforward } = linearize(gradient, vector);
  const found =
    given === undefined
      ? tracePattern(pushforward, vector)
      : givenPattern(given, [vector.size, vector.size], where);
  const pattern = symmetrised(found);
  const matrix = { domain: vector, codomain: value, forward: pushforward, backward: pushforward };
  return fromProducts(matrix, pattern, compressSymmetric(pattern), where);
}
