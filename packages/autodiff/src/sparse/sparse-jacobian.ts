import type { Tensor } from "@cotangent/core-tensor";
import { compress } from "./colouring/compression.js";
import { givenPattern, type GivenPattern } from "./pattern/given-pattern.js";
import { onVectors, vectorOf } from "./on-vectors.js";
import { tracePattern } from "./pattern/pattern-trace.js";
import { fromProducts, type SparseDerivative } from "./sparse-derivative.js";
import type { TreeLike } from "../tree/index.js";
import { linearize } from "../transforms/linearize.js";

/** Options of `sparseJacobian` and `sparseHessian`. */
export interface SparseOptions {
  /**
   * Where entries may be other than zero: compressed rows, as a former result has them, or a matrix that is not zero
   * there. @defaultValue it is found
   */
  readonly pattern?: GivenPattern;
}

/**
 * The Jacobian of f at x as a sparse matrix, in compressed rows. Rows are the elements of f(x) and columns those of x,
 * row-major, leaf after leaf.
 *
 *     J[i, j] = d f_i / d x_j
 *
 * f is run once, and its derivative recorded. Played on sets of inputs instead of numbers, the record tells which entries
 * may be other than zero. Columns (or rows, if that takes fewer) that have no entries in common rows get one colour and
 * are computed by one product; for a function of local operations their number does not depend on the size.
 *
 * The pattern is that of all values for which the function takes the same way: that of a factor which happens to be zero
 * is in it, and both branches of `where`. Other is an `if`, and what `sort` or `argmax` selects: a pattern to be used
 * again elsewhere should not depend on them. A product with a matrix fills rows, however many zeros it has: write
 * differences as slices.
 *
 * Whatever the pattern comes from, the result is compared with one product on a random vector.
 *
 * @param f - from a tensor (or tree) to a tensor (or tree)
 * @returns data, indices, indptr and shape, with the names that SciPy has for them, and the number of products that were
 * needed. data may be differentiated, and batched by `vmap`
 * @throws PatternError when a given pattern lacks entries
 * @throws NotDifferentiableError for integers
 * @example
 * ```ts
 * const differences = (x: Tensor) => sub(x.slice([1, null]), x.slice([0, -1])).square();
 * const J = sparseJacobian(differences, tensor([0, 1, 3, 6]));
 * J.data; // => [-2, 2, -4, 4, -6, 6]
 * J.indices; // => [0, 1, 1, 2, 2, 3]
 * J.indptr; // => [0, 2, 4, 6]
 * J.products; // => 3
 * ```
 *
 * Source: Gebremedhin, Manne, Pothen, "What Color Is Your Jacobian?" (2005).
 */
export function sparseJacobian<X>(
  f: (x: X) => unknown,
  x: TreeLike<X>,
  { pattern: given }: SparseOptions = {},
): SparseDerivative {
  const where = "sparseJacobian";
  const { vector, treeOf } = onVectors<X>(x, where);
  const { value, pushforward, pullback } = linearize((v: Tensor) => vectorOf(f(treeOf(v)), where), vector);
  const pattern =
    given === undefined
      ? tracePattern(pushforward, vector)
      : givenPattern(given, [value.size, vector.size], where);
  const matrix = {
    domain: vector,
    codomain: value,
    forward: pushforward,
    backward: (u: Tensor) => pullback(u)[0],
  };
  return fromProducts(matrix, pattern, compress(pattern), where);
}
