import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  eye,
  linalg,
  matmul,
  norm,
  SingularMatrixError,
  tensor,
  zeros,
  type Tensor,
} from "@cotangent/core-tensor";
import { tensorsOf } from "./naive.js";
import { noise, powers } from "./random-matrices.js";

const epsilon = 2 ** -52;
const size = (x: Tensor) => (x.size === 0 ? 0 : norm(x, { ord: Infinity }).item());
const numbers = (x: Tensor) => Array.from(x.toTypedArray());
const kinds = [
  "plain",
  "rows",
  "columns",
  "huge",
  "tiny",
  "rank one",
  "nearly rank one",
  "integers",
] as const;
/** Random, badly scaled, near overflow and underflow, rank-deficient and near-singular matrices; ties are likely. */
const matrices = (m: number, n: number) =>
  fc.tuple(noise(m, n), powers(m), powers(n), fc.constantFrom(...kinds)).map(([a, rows, columns, kind]) => {
    if (kind === "rows") return a.mul(rows.reshape([m, 1]));
    if (kind === "columns") return a.mul(columns);
    if (kind === "huge") return a.mul(2 ** 1020);
    if (kind === "tiny") return a.mul(2 ** -1000);
    if (kind === "rank one" && m > 0) return a.slice([0, 1]).add(zeros([m, n]));
    if (kind === "nearly rank one" && m > 0) return a.mul(1e-15).add(a.slice([0, 1]));
    return kind === "integers" ? a.mul(2).floor() : a;
  });
const dimensions = fc.nat(7);
const runs = { numRuns: 300 };
/** Comparisons are made at unit scale, where nothing overflows. */
const unit = (a: Tensor) => 2 ** Math.max(-1000, Math.floor(Math.log2(size(a) || 1)));
const orthonormal = (q: Tensor, tolerance: number) =>
  expect(size(matmul(q.T, q).sub(eye(q.shape[1]!)))).toBeLessThanOrEqual(tolerance);

describe("backward stable on random, badly scaled and rank-deficient matrices:", () => {
  test("U diag(s) V' = A, orthonormal vectors, s descending", () => {
    const cases = fc.tuple(dimensions, dimensions).chain(([m, n]) => matrices(m, n));
    fc.assert(
      fc.property(cases, (a) => {
        const [m, n] = a.shape as [number, number];
        const { u, s, vh } = linalg.svd(a);
        const k = Math.min(m, n);
        expect([u.shape, s.shape, vh.shape]).toEqual([[m, k], [k], [k, n]]);
        const tolerance = 16 * (m + n) * epsilon;
        orthonormal(u, tolerance);
        orthonormal(vh.T, tolerance);
        const values = numbers(s);
        expect(values.every((x, i) => x >= 0 && (i === 0 || x <= values[i - 1]!))).toBe(true);
        const [b, t] = [a.div(unit(a)), s.div(unit(a))];
        expect(size(matmul(u.mul(t), vh).sub(b))).toBeLessThanOrEqual(tolerance * Math.max(1, size(t)));
      }),
      runs,
    );
  });
  test("V diag(w) V' = A, orthonormal vectors, w ascending", () => {
    fc.assert(
      fc.property(
        dimensions.chain((n) => matrices(n, n)),
        (b) => {
          const a = b.mul(0.5).add(b.T.mul(0.5));
          const n = a.shape[0]!;
          const { eigenvalues: w, eigenvectors: v } = linalg.eigh(a);
          const tolerance = 32 * n * epsilon;
          orthonormal(v, tolerance);
          expect(numbers(w)).toEqual(numbers(w.sort()));
          const [c, t] = [a.div(unit(a)), w.div(unit(a))];
          expect(size(matmul(v.mul(t), v.T).sub(c))).toBeLessThanOrEqual(tolerance * Math.max(1, size(t)));
        },
      ),
      runs,
    );
  });
  test("least squares: the residual is orthogonal to the columns", () => {
    const cases = fc
      .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
      .chain(([m, n]) => fc.tuple(noise(m, n), tensorsOf([m])));
    fc.assert(
      fc.property(cases, ([a, b]) => {
        const { x, s } = linalg.lstsq(a, b);
        fc.pre(!numbers(s).some((value) => value < 1e-6 * s.slice(0).item()) && size(a) > 1e-100);
        const residual = matmul(a, x).sub(b);
        const scale = norm(a).item() * (norm(a).item() * norm(x).item() + norm(b).item());
        expect(size(matmul(a.T, residual))).toBeLessThanOrEqual(100 * epsilon * scale);
        // Of least norm: x is in the span of the rows.
        expect(size(matmul(linalg.pinv(a), matmul(a, x)).sub(x))).toBeLessThanOrEqual(1e-8 * (1 + size(x)));
      }),
      runs,
    );
  });
  test("tridiagonal systems", () => {
    const cases = fc.integer({ min: 1, max: 8 }).chain((n) => {
      const band = fc
        .tuple(tensorsOf([n]), powers(n), fc.boolean())
        .map(([x, p, bad]) => (bad ? x.mul(p) : x));
      return fc.tuple(band, band, band, tensorsOf([n, 2]));
    });
    fc.assert(
      fc.property(cases, ([lower, d, upper, b]) => {
        const t = dense(lower, d, upper);
        fc.pre(numbers(linalg.slogdet(t).sign)[0] !== 0);
        let x: Tensor;
        try {
          x = linalg.tridiagonalSolve(lower, d, upper, b);
        } catch (error) {
          expect(error).toBeInstanceOf(SingularMatrixError);
          // A pivot that is zero but for rounding, which the dense factorisation saw as not zero.
          fc.pre(false);
          return;
        }
        fc.pre(size(x) < 1e250);
        // Growth of partial pivoting on three bands is at most 2 (Higham 2002, Theorem 9.11): normwise stable.
        const bound = 16 * epsilon * size(t.abs().sum({ axis: 1 })) * size(x);
        expect(size(matmul(t, x).sub(b))).toBeLessThanOrEqual(bound);
      }),
      runs,
    );
  });
});

function dense(lower: Tensor, d: Tensor, upper: Tensor): Tensor {
  const n = d.size;
  const at = (band: Tensor, i: number) => numbers(band)[i]!;
  return tensor(
    Array.from({ length: n }, (_, i) =>
      Array.from({ length: n }, (__, j) =>
        j === i - 1 ? at(lower, i) : j === i ? at(d, i) : j === i + 1 ? at(upper, i) : 0,
      ),
    ),
  );
}

describe("accurate relative to each value", () => {
  const q = linalg.qr(
    tensor([
      [1, 2, 3],
      [-1, 1, 0.5],
      [2, 0, 1],
    ]),
  ).q;
  const scales = [1, 1e-12, 1e-40];
  test("singular values of orthogonal columns of very different lengths", () => {
    const { s } = linalg.svd(q.mul(tensor(scales)));
    numbers(s).forEach((value, i) => expect(Math.abs(value / scales[i]! - 1)).toBeLessThan(1e-14));
  });
  test("eigenvalues of a badly scaled definite matrix: their product is the determinant", () => {
    const d = tensor(scales);
    const b = tensor([
      [2, 1, 0.5],
      [1, 2, 1],
      [0.5, 1, 2],
    ]);
    const w = linalg.eigh(b.mul(d).mul(d.reshape([3, 1]))).eigenvalues;
    const product = numbers(w.div(tensor([1e-80, 1e-24, 1]))).reduce((x, y) => x * y, 1);
    expect(Math.abs(product / linalg.det(b).item() - 1)).toBeLessThan(1e-13);
  });
});
