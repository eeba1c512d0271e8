import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { eye, linalg, matmul, norm, tensor, SingularMatrixError, type Tensor } from "@cotangent/core-tensor";
import { tensorsOf } from "./naive.js";
import { noise, powers } from "./random-matrices.js";

const epsilon = 2 ** -52;
const size = (x: Tensor) => norm(x, { ord: Infinity }).item();
/** |x - y| / |scale| in units of rounding. */
const ratio = (x: Tensor, y: Tensor, scale: number) =>
  x.size === 0 ? 0 : size(x.sub(y)) / (scale * epsilon || 1);

/** Random matrices: as they are, badly scaled by rows or columns, and near-singular (a row nearly repeated). */
const matrices = (m: number, n: number) =>
  fc
    .tuple(noise(m, n), powers(m), powers(n), fc.constantFrom("plain", "rows", "columns", "singular"))
    .map(([a, rows, columns, kind]) => {
      if (kind === "rows") return a.mul(rows.reshape([m, 1]));
      if (kind === "columns") return a.mul(columns);
      if (kind === "singular" && m > 1) return a.mul(1e-13).add(a.slice([0, 1]));
      return a;
    });
const dimensions = fc.integer({ min: 1, max: 7 });
const square = dimensions.chain((n) => matrices(n, n));
const runs = { numRuns: 300 };

describe("backward stable on random, badly scaled and near-singular matrices:", () => {
  test("P L U = A", () => {
    fc.assert(
      fc.property(square, (a) => {
        const { p, l, u } = linalg.lu(a);
        const n = a.shape[0]!;
        // Higham 2002, Theorem 9.3: the error is bounded by n eps |L| |U|.
        const bound = size(matmul(l.abs(), u.abs()));
        expect(ratio(matmul(p, matmul(l, u)), a, bound)).toBeLessThanOrEqual(n);
        expect(l.tril().sub(l).abs().sum().item() + u.triu().sub(u).abs().sum().item()).toBe(0);
        expect(size(l)).toBe(1);
        expect(matmul(p, p.T).toArray()).toEqual(eye(n).toArray());
      }),
      runs,
    );
  });
  test("Q R = A, Q'Q = I, the diagonal of R is not negative", () => {
    fc.assert(
      fc.property(
        fc.tuple(dimensions, dimensions).chain(([m, n]) => matrices(m, n)),
        (a) => {
          const { q, r } = linalg.qr(a);
          const [m, n] = a.shape as [number, number];
          const k = Math.min(m, n);
          expect([q.shape, r.shape]).toEqual([
            [m, k],
            [k, n],
          ]);
          // Higham 2002, Theorem 19.4: column by column.
          for (let j = 0; j < n; j++) {
            const column = a.slice(null, j);
            expect(ratio(matmul(q, r.slice(null, j)), column, norm(column).item())).toBeLessThanOrEqual(
              8 * m,
            );
          }
          expect(ratio(matmul(q.T, q), eye(k), 1)).toBeLessThanOrEqual(8 * m);
          expect(r.triu().sub(r).abs().sum().item()).toBe(0);
          expect(Array.from({ length: k }, (_, i) => r.slice(i, i).item()).every((d) => d >= 0)).toBe(true);
        },
      ),
      runs,
    );
  });
  test("L L' = A", () => {
    fc.assert(
      fc.property(square, (b) => {
        const n = b.shape[0]!;
        const scales = norm(b, { axis: 1, keepDims: true });
        // Positive definite with any scaling: D (B B' + I / 16) D, B with rows of length 1.
        const unit = b.div(scales.add(scales.equal(0)));
        const a = matmul(unit, unit.T)
          .add(eye(n).mul(1 / 16))
          .mul(scales.add(1))
          .mul(scales.add(1).T);
        const l = linalg.cholesky(a);
        // Higham 2002, Theorem 10.5: element by element, relative to sqrt(a_ii a_jj).
        const root = matmul(a, eye(n)).mul(eye(n)).sum({ axis: 1 }).sqrt();
        const relative = matmul(l, l.T)
          .sub(a.add(a.T).mul(0.5))
          .div(root)
          .div(root.reshape([n, 1]));
        expect(size(relative)).toBeLessThanOrEqual(2 * (n + 1) * epsilon);
        expect(l.tril().sub(l).abs().sum().item()).toBe(0);
      }),
      runs,
    );
  });
  test("A x = b", () => {
    const problems = dimensions.chain((n) => fc.tuple(matrices(n, n), tensorsOf([n])));
    fc.assert(
      fc.property(problems, ([a, b]) => {
        const { l, u } = linalg.lu(a);
        const n = b.size;
        fc.pre(!(u.mul(eye(n)).sum({ axis: 0 }).equal(0).sum().item() > 0));
        const x = linalg.solve(a, b);
        fc.pre(x.abs().max().item() < 1e300);
        // Higham 2002, Theorem 9.4: |A x - b| <= 3 n eps |P'| |L| |U| |x|, here by its largest element.
        const bound = size(matmul(matmul(l.abs(), u.abs()), x.abs()));
        expect(size(matmul(a, x).sub(b))).toBeLessThanOrEqual(4 * n * epsilon * bound);
      }),
      runs,
    );
  });
});

describe("linear systems", () => {
  const a = [
    [0, 2],
    [3, 4],
  ];
  test("of vectors, matrices and batches", () => {
    expect(
      linalg
        .solve(
          [
            [2, 0],
            [0, 4],
          ],
          [2, 2],
        )
        .toArray(),
    ).toEqual([1, 0.5]);
    expect(linalg.solve(a, [[2], [7]]).toArray()).toEqual([[1], [1]]);
    expect(
      linalg
        .solve(
          [
            a,
            [
              [1, 0],
              [0, 1],
            ],
          ],
          [[2], [7]],
        )
        .toArray(),
    ).toEqual([
      [[1], [1]],
      [[2], [7]],
    ]);
    expect(linalg.solve(tensor([], { shape: [0, 0] }), []).toArray()).toEqual([]);
    expect(linalg.solve(tensor(a).astype("float32"), tensor([2, 7]).astype("float32")).dtype).toBe("float32");
  });
  test("with either triangle, transposed or with a unit diagonal", () => {
    const t = tensor([
      [2, 5],
      [3, 4],
    ]);
    const b = tensor([2, 11]);
    for (const lower of [true, false]) {
      for (const transpose of [true, false]) {
        for (const unitDiagonal of [true, false]) {
          const half = lower ? t.tril() : t.triu();
          const whole = unitDiagonal ? half.mul(eye(2).neg().add(1)).add(eye(2)) : half;
          const x = linalg.triangularSolve(t, b, { lower, transpose, unitDiagonal });
          expect(size(matmul(transpose ? whole.T : whole, x).sub(b))).toBeLessThanOrEqual(32 * epsilon);
        }
      }
    }
  });
  test("factors keep float32", () => {
    const x = tensor(a).astype("float32");
    expect(Object.values({ ...linalg.lu(x), ...linalg.qr(x) }).map(({ dtype }) => dtype)).toEqual(
      new Array(5).fill("float32"),
    );
  });
  test("refuses singular matrices and shapes that do not fit", () => {
    expect(() =>
      linalg.solve(
        [
          [1, 2],
          [2, 4],
        ],
        [1, 1],
      ),
    ).toThrow("linalg.solve: the matrix is singular: pivot 1 is exactly zero");
    expect(() =>
      linalg.triangularSolve(
        [
          [1, 0],
          [0, 0],
        ],
        [1, 1],
      ),
    ).toThrow(SingularMatrixError);
    expect(() =>
      linalg.cholesky([
        [1, 2],
        [2, 1],
      ]),
    ).toThrow("leading minor of order 2 is not positive");
    expect(() => linalg.cholesky([[NaN]])).toThrow(SingularMatrixError);
    expect(() => linalg.solve([[1, 2]], [1])).toThrow(
      "linalg.solve: needs square matrices [..., n, n], got [1, 2]",
    );
    expect(() => linalg.solve([[1]], [1, 2])).toThrow(
      "linalg.solve: [1, 1] does not fit the right-hand side [2]",
    );
    expect(() => linalg.qr([1])).toThrow("linalg.qr: needs a matrix, got shape [1]");
  });
});
