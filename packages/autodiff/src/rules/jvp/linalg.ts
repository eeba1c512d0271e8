import {
  add,
  bindOne,
  broadcastTo,
  expandDims,
  eye,
  matmul,
  matrixTranspose,
  mul,
  neg,
  slice,
  sub,
  takeAlongAxis,
  tensor,
  tril,
  triu,
  where,
  type Tensor,
} from "@cotangent/core-tensor";
import { triangularSolve as solveTriangle } from "@cotangent/core-tensor/primitives";
import { along, each, zero, type JvpRule } from "../rule.js";

const lower = { lower: true, transpose: false, unitDiagonal: false };
const upper = { lower: false, transpose: false, unitDiagonal: false };

const solveLower = (l: Tensor, b: Tensor, unitDiagonal = false): Tensor =>
  bindOne(solveTriangle, [l, b], { ...lower, unitDiagonal });
/** B U^-1 */
const solveUpperRight = (b: Tensor, u: Tensor): Tensor =>
  matrixTranspose(bindOne(solveTriangle, [u, matrixTranspose(b)], { ...upper, transpose: true }));
const maybeTransposed = (a: Tensor, transposed: boolean): Tensor => (transposed ? matrixTranspose(a) : a);

/** d(T^-1 B) = T^-1 (dB - dT X), where dT is the part of dA that T reads */
const triangularSolve = each<"triangularSolve">((t, { primitive, inputs: [a], output: x, params }) => {
  const offset = params.unitDiagonal ? 1 : 0;
  const triangle = params.lower ? tril(t, -offset) : triu(t, offset);
  return bindOne(primitive, [a!, neg(matmul(maybeTransposed(triangle, params.transpose), x))], params);
}, along(1));

/** dL = L Phi(L^-1 dA L^-T), Phi the lower triangle with half of the diagonal (Murray 2016, eq. 8) */
const cholesky = each<"cholesky">((t, { output: l }) => {
  const half = solveLower(l, matrixTranspose(solveLower(l, t)));
  return matmul(
    l,
    sub(tril(half), mul(0.5, mul(half, eye(l.shape[l.ndim - 1]!, undefined, { dtype: l.dtype })))),
  );
});

/**
 * With G = L^-1 P dA and S = stril(G U^-1): dL = L S, dU = G - S U; both packed into one matrix. S does not depend on the
 * last pivot, which may be zero: it is replaced by one.
 */
const lu: JvpRule<"lu"> = ([t], { outputs: [packed, order] }) => {
  if (t === null || t === undefined) return [null, null];
  const n = packed!.shape[packed!.ndim - 1]!;
  const l = add(tril(packed!, -1), eye(n, undefined, { dtype: packed!.dtype }));
  const u = triu(packed!);
  const rows = broadcastTo(expandDims(order!, -1), packed!.shape);
  const g = solveLower(l, takeAlongAxis(t, rows, -2), true);
  const s = tril(solveUpperRight(g, where(lastPivot(n), 1, u)), -1);
  return [add(matmul(l, s), triu(sub(g, matmul(s, u)))), null];
};

const lastPivot = (n: number): Tensor =>
  tensor(
    Uint8Array.from({ length: n * n }, (_, i) => (i === n * n - 1 ? 1 : 0)),
    { shape: [n, n] },
  );

/** d(A^-1 B) = A^-1 (dB - dA X); the factors are an aid and have no derivative of their own */
const luSolve = each<"luSolve">(
  (t, { primitive, inputs: [a, factors, order], output: x, params }) =>
    bindOne(primitive, [a!, factors!, order!, neg(matmul(maybeTransposed(t, params.transpose), x))], params),
  null,
  null,
  along(3),
);

/**
 * With A1, R1 the first k columns of A and R, C = Q^T dA1 R1^-1 and S = stril(C) - stril(C)^T:
 * dQ = (dA1 R1^-1 - Q C) + Q S and dR = Q^T dA - S R, for linearly independent columns of A1 (Walter & Lehmann 2018,
 * sec. 3; a wide A adds columns to R only)
 */
const qr: JvpRule<"qr"> = ([t], { outputs: [q, r] }) => {
  if (t === null || t === undefined) return [null, null];
  const scaled = solveUpperRight(firstColumns(t, q!), firstColumns(r!, q!));
  const c = matmul(matrixTranspose(q!), scaled);
  const below = tril(c, -1);
  const s = sub(below, matrixTranspose(below));
  const tangentQ = add(sub(scaled, matmul(q!, c)), matmul(q!, s));
  return [tangentQ, triu(sub(matmul(matrixTranspose(q!), t), matmul(s, r!)))];
};

/** As many columns as Q has. */
const firstColumns = (x: Tensor, q: Tensor): Tensor =>
  slice(x, ...x.shape.slice(0, -1).map(() => null), [0, q.shape[q.ndim - 1]!]);

/** Factorisations and solves. */
export const linalgJvp = { triangularSolve, cholesky, lu, completePivoting: zero, luSolve, qr };
