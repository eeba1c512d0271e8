import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  eye,
  linalg,
  logsumexp,
  matmul,
  norm,
  ones,
  outer,
  stack,
  tensor,
  zeros,
  type Tensor,
} from "@cotangent/core-tensor";
import { grad, jacobian, jvp, vmap } from "@cotangent/autodiff";
import { arbTensor, laws } from "@cotangent/autodiff/testing";
import { small } from "./arb-cases.js";

const runs = { numRuns: 20 };
const numbers = (x: Tensor) => Array.from(x.toTypedArray());
const size = (x: Tensor) => norm(x, { ord: Infinity }).item();
const far = (x: Tensor, y: Tensor) => size(x.sub(y));
/** Random orthogonal matrices [3, 3]. */
const orthogonal = arbTensor({ shape: [3, 3], elements: small }).map(
  (a) => linalg.qr(a.add(eye(3).mul(2))).q,
);
const withEigenvalues = (...w: number[]) => orthogonal.map((q): [Tensor] => [matmul(q.mul(tensor(w)), q.T)]);
/** A dense matrix [n, n] of full rank, and not symmetric. */
const fromWaves = (n: number, shift: number) =>
  outer(ones([n]).cumsum(), ones([n]).cumsum().add(shift)).sin();
const random = arbTensor({ shape: [3, 3], elements: small });
/** Both modes, against finite differences. */
const checked = (f: (a: Tensor) => unknown, args: fc.Arbitrary<[Tensor]>) => {
  fc.assert(laws.jvpTaylor(f, args), runs);
  fc.assert(laws.jvpTaylor(f, args, { mode: "reverse" }), runs);
  fc.assert(laws.adjoint(f, args), runs);
};

describe("with repeated eigenvalues", () => {
  const cases: [string, fc.Arbitrary<[Tensor]>][] = [
    ["two equal", withEigenvalues(2, 2, 5)],
    ["all equal", withEigenvalues(3, 3, 3)],
    ["zero twice", withEigenvalues(0, 0, -2)],
    ["exactly: a multiple of the identity", fc.constant<[Tensor]>([eye(3).mul(2)])],
  ];
  test.each(cases)("symmetric functions of eigenvalues have their derivative: %s", (_, args) => {
    checked((a) => logsumexp(linalg.eigh(a).eigenvalues), args);
    checked((a) => linalg.eigh(a).eigenvalues.square().sum(), args);
  });
  test("so have projectors to whole eigenspaces", () => {
    const projector = (a: Tensor) => {
      const v = linalg.eigh(a).eigenvectors.slice(null, [0, 2]);
      return matmul(v, v.T);
    };
    checked(projector, withEigenvalues(2, 2, 5));
  });
  test("the gradient of the sum is the identity, of log det the inverse", () => {
    fc.assert(
      fc.property(withEigenvalues(2, 2, 5), ([a]) => {
        const trace = grad((x: Tensor) => linalg.eigh(x).eigenvalues.sum())(a);
        expect(far(trace, eye(3))).toBeLessThan(1e-14);
        const logDet = grad((x: Tensor) => linalg.eigh(x).eigenvalues.log().sum())(a);
        expect(far(logDet, linalg.inv(a))).toBeLessThan(1e-14);
      }),
      runs,
    );
  });
  test("by convention eigenvectors stay as they are inside of the eigenspace, to first and second order", () => {
    const v = (a: Tensor) => linalg.eigh(a).eigenvectors;
    fc.assert(
      fc.property(random, (t) => {
        const first = (a: Tensor) => jvp(v, [a], [t]).tangent;
        expect(numbers(first(eye(3))).every((x) => x === 0)).toBe(true);
        const second = jvp(first, [eye(3)], [t]).tangent;
        expect(numbers(second).every((x) => x === 0)).toBe(true);
      }),
      runs,
    );
  });
});

describe("with repeated or zero singular values", () => {
  const scaled = (k: number) => orthogonal.map((q): [Tensor] => [q.mul(k)]);
  const thin = fc.tuple(orthogonal, orthogonal);
  const withValues = (...s: number[]) => thin.map(([u, v]): [Tensor] => [matmul(u.mul(tensor(s)), v.T)]);
  test("functions of the values have their derivative", () => {
    checked((a) => logsumexp(linalg.svd(a).s.square()), scaled(2));
    checked((a) => linalg.svd(a).s.square().sum(), withValues(3, 0, 0));
    checked((a) => linalg.svd(a.slice(null, [0, 2])).s.sum(), scaled(2));
    checked(
      (a) =>
        linalg
          .svd(a.slice([0, 2]))
          .s.log()
          .sum(),
      scaled(2),
    );
  });
  test("the orthogonal polar factor U V' has its derivative", () => {
    const polar = (a: Tensor) => {
      const { u, vh } = linalg.svd(a);
      return matmul(u, vh);
    };
    checked(polar, scaled(2));
    checked((a) => polar(a.slice(null, [0, 2])), scaled(2));
    checked(polar, withValues(3, 3, 1));
  });
  test("everything is finite, and zero at the zero matrix", () => {
    const { u, s, vh } = jvp(
      (a: Tensor) => linalg.svd(a),
      [zeros([3, 2])],
      [
        tensor([
          [1, 2],
          [3, 4],
          [5, 6],
        ]),
      ],
    ).tangent;
    for (const t of [u, s, vh]) expect(numbers(t).every((x) => x === 0)).toBe(true);
    const deficient = tensor([
      [1, 2, 3],
      [2, 4, 6],
      [-1, -2, -3],
      [0, 0, 0],
    ]);
    const tangent = jvp((a: Tensor) => linalg.svd(a), [deficient], [deficient.square()]).tangent;
    for (const t of Object.values(tangent)) expect(numbers(t).every(Number.isFinite)).toBe(true);
  });
  test("pinv has its derivative at a multiple of an orthogonal matrix, to second order", () => {
    fc.assert(
      laws.jvpTaylor((a) => linalg.pinv(a), scaled(2), { order: 2 }),
      runs,
    );
    fc.assert(
      laws.jvpTaylor((a) => linalg.pinv(a), scaled(2), { order: 2, mode: "reverse" }),
      runs,
    );
  });
  test("pinv where the rank could rise: the formula of constant rank", () => {
    // A = diag(2, 0): along diag(1, 0) the rank stays, along diag(0, 1) there is no derivative; the convention is 0.
    const j = jacobian((a: Tensor) => linalg.pinv(a))(
      tensor([
        [2, 0],
        [0, 0],
      ]),
    ).reshape([4, 4]);
    expect(numbers(j.slice(0))).toEqual([-0.25, 0, 0, 0]);
    expect(numbers(j.slice(null, 3))).toEqual([0, 0, 0, 0]);
    expect(numbers(j).every(Number.isFinite)).toBe(true);
  });
});

describe("singular matrices", () => {
  test("the gradient of det is the matrix of cofactors", () => {
    const det = (a: Tensor) => linalg.det(a);
    expect(
      grad(det)(
        tensor([
          [1, 2],
          [2, 4],
        ]),
      ).toArray(),
    ).toEqual([
      [4, -2],
      [-2, 1],
    ]);
    expect(grad(det)(zeros([1, 1])).toArray()).toEqual([[1]]);
    expect(numbers(grad(det)(zeros([3, 3]))).every((x) => x === 0)).toBe(true);
    const rankTwo = tensor([
      [1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
    ]);
    expect(
      far(
        grad(det)(rankTwo),
        tensor([
          [-3, 6, -3],
          [6, -12, 6],
          [-3, 6, -3],
        ]),
      ),
    ).toBeLessThan(1e-13);
  });
  test("det has its second derivative at rank n - 2, and its third at rank n - 3", () => {
    const along = (t: Tensor) => (s: Tensor) => linalg.det(zeros([3, 3]).add(t.mul(s)));
    // det(s T) = s^3 det T
    const t = tensor([
      [2, 1, 0],
      [0, 3, 1],
      [1, 0, 1],
    ]);
    const third = grad(grad(grad(along(t))))(0);
    expect(third.item()).toBeCloseTo(6 * 7, 12);
    const corner = (s: Tensor) => linalg.det(eye(3).mul([1, 0, 0]).add(t.mul(s)));
    // The coefficient of s^2 is the determinant of the lower 2 x 2 block of T.
    expect(grad(grad(corner))(0).item()).toBeCloseTo(2 * 3, 12);
  });
  test("det of large matrices of low rank is flat", () => {
    const n = 12;
    const wave = Array.from({ length: n }, (_, i) => Math.sin(i + 1));
    for (const a of [zeros([n, n]), outer(wave, wave)]) {
      const { value, tangent } = jvp((x: Tensor) => grad((y: Tensor) => linalg.det(y))(x), [a], [eye(n)]);
      expect(size(value) + size(tangent)).toBeLessThan(1e-100);
    }
    expect(linalg.det(eye(n).mul(outer(wave, wave).mul(0).add(2))).item()).toBe(2 ** n);
  });
  test("det and slogdet of a batch under vmap, whatever the ranks in it", () => {
    const batch = (n: number, ranks: readonly number[]) =>
      stack(
        ranks.map((rank) =>
          fromWaves(n, 1)
            .mul(ones([n]).cumsum().lessEqual(rank))
            .add(eye(n).mul(ones([n]).cumsum().lessEqual(rank))),
        ),
      );
    const det = (a: Tensor) => linalg.det(a);
    const logabsdet = (a: Tensor) => linalg.slogdet(a).logabsdet;
    for (const a of [batch(3, [3, 2, 1, 0]), batch(10, [10, 0, 9]), batch(3, [3, 3])]) {
      const each = Array.from({ length: a.shape[0]! }, (_, i) => a.take(i));
      for (const f of a.shape[0] === 2 ? [det, logabsdet] : [det]) {
        for (const g of [f, grad(f), grad((x: Tensor) => grad(f)(x).square().sum())]) {
          const want = stack(each.map((x) => g(x)));
          expect(far(vmap(g)(a), want)).toBeLessThanOrEqual(1e-12 * size(want));
        }
      }
      const signs = vmap((x: Tensor) => linalg.slogdet(x).sign)(a);
      expect(numbers(signs)).toEqual(each.map((x) => linalg.slogdet(x).sign.item()));
    }
  });
  test("slogdet: sign 0, log 0 = -Infinity, and no finite derivative", () => {
    const singular = tensor([
      [1, 2],
      [2, 4],
    ]);
    const { sign, logabsdet } = linalg.slogdet(singular);
    expect([sign.item(), logabsdet.item()]).toEqual([0, -Infinity]);
    const gradient = grad((a: Tensor) => linalg.slogdet(a).logabsdet)(singular);
    expect(numbers(gradient).every(Number.isFinite)).toBe(false);
    expect(numbers(grad((a: Tensor) => linalg.slogdet(a).sign)(singular)).every((x) => x === 0)).toBe(true);
  });
  test("lu has its derivative while the last pivot alone is zero", () => {
    const matrix = fc.constantFrom([[4, 2], [2, 1]], [[1, 2], [4, 8]], [[0, 0], [3, 0]]).map((a) => tensor(a)); // prettier-ignore
    const lu = (a: Tensor) => linalg.lu(a);
    fc.assert(laws.jvpTaylor(lu, fc.tuple(matrix), { order: 2 }), runs);
    fc.assert(laws.jvpTaylor(lu, fc.tuple(matrix), { order: 2, mode: "reverse" }), runs);
  });
  test("qr of dependent columns and lu with an earlier zero pivot have factors, and no finite derivative", () => {
    const dependent = eye(3).mul([5, 0, 0]);
    for (const factors of [
      (a: Tensor): Tensor[] => Object.values(linalg.lu(a)),
      (a: Tensor): Tensor[] => Object.values(linalg.qr(a)),
    ]) {
      const { value, tangent } = jvp(factors, [dependent], [tensor([[1, 2, 3], [4, 5, 6], [7, 8, 1]])]); // prettier-ignore
      expect(value.flatMap(numbers).every(Number.isFinite)).toBe(true);
      expect(tangent.flatMap(numbers).every(Number.isFinite)).toBe(false);
    }
  });
  test("inv, negative powers and tridiagonalSolve say so", () => {
    expect(() =>
      grad((a: Tensor) => linalg.inv(a).sum())(
        tensor([
          [1, 2],
          [2, 4],
        ]),
      ),
    ).toThrow("linalg.inv: the matrix is singular");
    expect(() => linalg.matrixPower([[0]], -1)).toThrow("linalg.matrixPower: the matrix is singular");
    expect(() => linalg.tridiagonalSolve([0, 0], [1, 0], [0, 0], [1, 1])).toThrow("pivot 1 is exactly zero");
  });
});

test("the derivative of expm is the block of the exponential of [[A, E], [0, A]] (Higham 2008, eq. 3.16)", () => {
  fc.assert(
    fc.property(random, random, fc.constantFrom(0.1, 1, 10), (a, e, size) => {
      const block = tensor([
        [1, 0],
        [0, 1],
      ])
        .reshape([2, 1, 2, 1])
        .mul(a.mul(size).reshape([1, 3, 1, 3]));
      const upper = tensor([
        [0, 1],
        [0, 0],
      ])
        .reshape([2, 1, 2, 1])
        .mul(e.reshape([1, 3, 1, 3]));
      const whole = linalg.expm(block.add(upper).reshape([6, 6]));
      const { value, tangent } = jvp((x: Tensor) => linalg.expm(x), [a.mul(size)], [e]);
      const scale = norm(whole, { ord: Infinity }).item() * Math.max(1, size);
      expect(far(value, whole.slice([0, 3], [0, 3]))).toBeLessThanOrEqual(1e-13 * scale);
      expect(far(tangent, whole.slice([0, 3], [3, 6]))).toBeLessThanOrEqual(1e-13 * scale);
    }),
    { numRuns: 50 },
  );
});
