import {
  astype,
  asTensor,
  bindOne,
  formatShape,
  isFloat,
  mul,
  reshape,
  ShapeError,
  tensor,
  type Tensor,
} from "@cotangent/core-tensor";
import { scatterAdd, take } from "@cotangent/core-tensor/primitives";
import { placesOfEntries, type Csr } from "@cotangent/autodiff";
import type { Claims, LinearOperator } from "./operator.js";
import { leavesIn, tensorSpace } from "./space.js";

/**
 * The operator of a sparse matrix in compressed rows: what `sparseJacobian` and `sparseHessian` return, or SciPy's
 * `data`, `indices`, `indptr` and `shape`. A product takes as many multiplications as there are entries. Entries of the same
 * place add up; data may be traced.
 *
 * @throws ShapeError when there are not as many data as indices; ValueError for what are no compressed rows
 * @example
 * ```ts
 * const A = sparse({ data: [1, 2, 3], indices: [0, 2, 1], indptr: [0, 2, 3], shape: [2, 3] });
 * A.apply(tensor([1, 10, 100])); // => [201, 30]
 * A.transpose().apply(tensor([1, 10])); // => [1, 30, 2]
 *
 * // a step of Newton's method
 * const energy = (x: Tensor) => x.square().sum().add(x.slice([1, null]).mul(x.slice([0, -1])).sum());
 * const x = tensor([1, 2, 3]);
 * linearSolve(sparse(sparseHessian(energy, x)), grad(energy)(x)); // => [1, 2, 3]
 * ```
 */
export function sparse({ data, ...pattern }: Csr, claims: Claims = {}): LinearOperator<Tensor> {
  const given = asTensor(data);
  const { rows, columns } = placesOfEntries(pattern, "sparse");
  if (given.ndim !== 1 || given.size !== columns.length) {
    throw new ShapeError(
      `sparse: needs one number for each of the ${String(columns.length)} indices, got data of shape ${formatShape(given.shape)}`,
    );
  }
  const values = isFloat(given.dtype) ? given : astype(given, "float64");
  return fromEntries({ values, rows, columns, shape: pattern.shape }, claims);
}

interface Entries {
  readonly values: Tensor;
  readonly rows: Int32Array;
  readonly columns: Int32Array;
  readonly shape: readonly [number, number];
}

function fromEntries(
  { values, rows, columns, shape: [m, n] }: Entries,
  claims: Claims,
): LinearOperator<Tensor> {
  const dtype = values.dtype === "float32" ? "float32" : "float64";
  const domain = tensorSpace([n], dtype);
  const [from, to] = [tensor(columns), tensor(rows)];
  const sumsAt = (x: Tensor, places: Tensor, length: number) =>
    bindOne(scatterAdd, [x, places], { axis: 0, length, indexRank: 1 });
  return {
    name: "sparse",
    domain,
    codomain: tensorSpace([m], dtype),
    claims,
    // y_i = sum over the entries of row i of a_ij x_j
    apply: (x) => {
      const [vector] = leavesIn(domain, x, "sparse: argument");
      return sumsAt(mul(values, bindOne(take, [vector!, from], { axis: 0 })), to, m);
    },
    transpose: () => fromEntries({ values, rows: columns, columns: rows, shape: [n, m] }, claims),
    materialise: () =>
      reshape(sumsAt(values, tensor(rows.map((i, k) => i * n + columns[k]!)), m * n), [m, n]),
  };
}
