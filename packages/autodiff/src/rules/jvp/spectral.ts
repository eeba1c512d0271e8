import {
  abs,
  add,
  bindOne,
  expandDims,
  greater,
  lessEqual,
  matmul,
  matrixTranspose,
  max,
  mul,
  neg,
  reciprocal,
  sub,
  sum,
  tensor,
  where,
  type Tensor,
} from "@cotangent/core-tensor";
import { along, each, type JvpRule } from "../rule.js";

const row = (x: Tensor): Tensor => expandDims(x, -2);
const column = (x: Tensor): Tensor => expandDims(x, -1);

/**
 * Rounding of values [..., k]: gaps up to this, [..., 1, 1], do not tell two of them apart. 1 / gap times rounding is the
 * error of a derivative: the factor keeps gaps that are nothing but rounding well below.
 */
function rounding(values: Tensor): Tensor {
  const epsilon = 64 * (values.dtype === "float32" ? 2 ** -23 : 2 ** -52);
  const largest = max(abs(values), { axis: -1, keepDims: true });
  return column(mul(largest, values.shape[values.ndim - 1]! * epsilon));
}

/** 1 / x, and 0 where x is not above rounding: the convention for repeated values. */
function safeReciprocal(x: Tensor, noise: Tensor): Tensor {
  const none = lessEqual(abs(x), noise);
  return where(none, 0, reciprocal(where(none, 1, x)));
}

/** The diagonal of matrices [..., k, k]. */
function diagonalOf(x: Tensor): Tensor {
  const k = x.shape[x.ndim - 1]!;
  const mask = Float64Array.from({ length: k * k }, (_, i) => (i % (k + 1) === 0 ? 1 : 0));
  return sum(where(tensor(mask, { shape: [k, k], dtype: "bool" }), x, 0), { axis: -1 });
}

/** With P = V^T dA V: dw = diag(P) and dV = V (F * P), F_ij = 1 / (w_j - w_i), 0 where equal (Magnus 1985) */
const eigh: JvpRule<"eigh"> = ([t], { outputs: [w, v] }) => {
  if (t === null || t === undefined) return [null, null];
  if (t.shape[t.ndim - 1] === 0) return [null, null];
  const projected = matmul(matmul(matrixTranspose(v!), t), v!);
  const f = safeReciprocal(sub(row(w!), column(w!)), rounding(w!));
  return [diagonalOf(projected), matmul(v!, mul(f, projected))];
};

/**
 * With P = U^T dA V: ds = diag(P); dU = U (E + D) / 2 and dV = V (E - D) / 2 inside the spaces of U and V, where
 *
 *     E_ij = (P + P^T)_ij / (s_j - s_i)      D_ij = (P - P^T)_ij / (s_j + s_i)
 *
 * both 0 where they would divide by zero; outside of them dU gets (I - U U^T) dA V / s and dV likewise. Only E depends on
 * gaps, so that what needs D alone, such as U V^T, is right for repeated values too. A value that is zero has derivative
 * 0, as abs at 0. (Papadopoulo & Lourakis 2000, solved for sum and difference)
 */
const svd: JvpRule<"svd"> = ([t], { inputs: [a], outputs: [u, s, vh] }) => {
  if (t === null || t === undefined || s!.shape[s!.ndim - 1] === 0) return [null, null, null];
  const [m, n] = a!.shape.slice(-2) as [number, number];
  const v = matrixTranspose(vh!);
  const onRight = matmul(t, v);
  const onLeft = matmul(matrixTranspose(t), u!);
  const projected = matmul(matrixTranspose(u!), onRight);
  const noise = rounding(s!);
  const crossed = matrixTranspose(projected);
  const e = mul(add(projected, crossed), safeReciprocal(sub(row(s!), column(s!)), noise));
  const d = mul(sub(projected, crossed), safeReciprocal(add(row(s!), column(s!)), noise));
  const inverse = safeReciprocal(row(s!), noise);
  const outside = (basis: Tensor, x: Tensor) =>
    mul(sub(x, matmul(basis, matmul(matrixTranspose(basis), x))), inverse);
  let du = matmul(u!, mul(0.5, add(e, d)));
  let dv = matmul(v, mul(0.5, sub(e, d)));
  if (m > n) du = add(du, outside(u!, onRight));
  if (n > m) dv = add(dv, outside(v, onLeft));
  return [du, where(greater(s!, 0), diagonalOf(projected), 0), matrixTranspose(dv)];
};

/**
 * With x = A^+ b, for matrices of constant rank (Golub & Pereyra 1973, eq. 4.12):
 *
 *     d(A^+ b) = A^+ (db - dA x) + (A^T A)^+ dA^T (b - A x) + (I - A^+ A) dA^T A^+T x
 *
 * The second term vanishes when the rows, the third when the columns of A are independent: it is then dropped, not left
 * as rounding times the square of the condition. The factors are an aid and have no derivative of their own.
 */
const svdSolve = each<"svdSolve">(
  (t, { primitive, inputs: [a, u, s, vh, b], output: x, params }) => {
    const { transpose, cutoff } = params;
    const given = (y: Tensor, transposed: boolean) =>
      bindOne(primitive, [a!, u!, s!, vh!, y], { transpose: transposed, cutoff });
    const [matrix, tangent] = transpose ? [matrixTranspose(a!), matrixTranspose(t)] : [a!, t];
    const solved = (y: Tensor) => given(y, transpose);
    const solvedBack = (y: Tensor) => given(y, !transpose);
    const back = matrixTranspose(tangent);
    const direct = neg(solved(matmul(tangent, x)));
    const [rows, columns] = matrix.shape.slice(-2) as [number, number];
    if (rows === 0 || columns === 0) return direct;
    const largest = max(s!, { axis: -1, keepDims: true });
    const rank = sum(greater(s!, mul(largest, cutoff)).astype(s!.dtype), { axis: -1 });
    const unless = (full: number, y: Tensor) => where(column(column(lessEqual(full, rank))), 0, y);
    const residual = unless(rows, sub(b!, matmul(matrix, x)));
    const inRows = unless(columns, matmul(back, solvedBack(x)));
    return add(
      add(direct, solved(solvedBack(matmul(back, residual)))),
      sub(inRows, solved(matmul(matrix, inRows))),
    );
  },
  null,
  null,
  null,
  along(4),
);

/** Decompositions by singular values and eigenvalues. */
export const spectralJvp = { eigh, svd, svdSolve };
