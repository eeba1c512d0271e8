import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { linalg, matmul, norm, tensor, zeros, type Tensor } from "@cotangent/core-tensor";
import { tensorsOf } from "./naive.js";

const epsilon = 2 ** -52;
const size = (x: Tensor) => (x.size === 0 ? 0 : norm(x, { ord: Infinity }).item());
const numbers = (x: Tensor) => Array.from(x.toTypedArray());

describe("small and edge cases", () => {
  const empty = zeros([0, 0]);
  test("of size 0", () => {
    expect(linalg.det(empty).item()).toBe(1);
    expect(Object.values(linalg.slogdet(empty)).map((x) => x.item())).toEqual([1, 0]);
    expect(linalg.inv(empty).shape).toEqual([0, 0]);
    expect(linalg.expm(empty).shape).toEqual([0, 0]);
    expect(linalg.matrixPower(empty, 3).shape).toEqual([0, 0]);
    expect(linalg.pinv(zeros([0, 3])).shape).toEqual([3, 0]);
    expect(numbers(linalg.lstsq(zeros([0, 2]), []).x)).toEqual([0, 0]);
    expect(linalg.lstsq(zeros([2, 0]), [3, 4]).residuals.item()).toBe(25);
    expect(linalg.tridiagonalSolve([], [], [], []).shape).toEqual([0]);
    expect(linalg.eigh(zeros([2, 0, 0])).eigenvectors.shape).toEqual([2, 0, 0]);
    expect(linalg.det(zeros([0, 2, 2])).shape).toEqual([0]);
  });
  test("of size 1", () => {
    expect(linalg.det([[-3]]).item()).toBe(-3);
    expect(linalg.eigh([[-3]])).toMatchObject({ eigenvalues: tensor([-3]), eigenvectors: tensor([[1]]) });
    const { u, s, vh } = linalg.svd([[-3]]);
    expect([u, s, vh].map((x) => x.toArray())).toEqual([[[1]], [3], [[-1]]]);
    expect(linalg.expm([[1]]).item()).toBeCloseTo(Math.E, 14);
    expect(linalg.tridiagonalSolve([9], [4], [9], [2]).toArray()).toEqual([0.5]);
  });
  test("batches are matrices by themselves, also of different ranks and norms", () => {
    const matrix = fc
      .constantFrom("plain", "singular", "zero", "large")
      .chain((kind) =>
        tensorsOf([3, 3]).map((a) =>
          kind === "zero"
            ? zeros([3, 3])
            : kind === "singular"
              ? a.slice([0, 1]).add(a.mul(0))
              : kind === "large"
                ? a.mul(8)
                : a,
        ),
      );
    const each: ((a: Tensor) => Tensor[])[] = [
      (a) => [linalg.det(a)],
      (a) => Object.values(linalg.slogdet(a)),
      (a) => Object.values(linalg.eigh(a)),
      (a) => Object.values(linalg.svd(a)),
      (a) => Object.values(linalg.lu(a)),
      (a) => [linalg.pinv(a)],
      (a) => [linalg.expm(a.mul(0.25))],
      (a) => [linalg.matrixPower(a, 3)],
    ];
    fc.assert(
      fc.property(matrix, matrix, (a, b) => {
        const batch = tensor([a.toArray(), b.toArray()] as number[][][]);
        for (const f of each) {
          const alone = [f(a), f(b)];
          f(batch).forEach((result, i) => {
            const scale = Math.max(1, ...numbers(result).filter(Number.isFinite).map(Math.abs));
            alone.forEach((one, k) => {
              const part = result.slice(k);
              expect(part.shape).toEqual(one[i]!.shape);
              numbers(part).forEach((x, j) => {
                const y = numbers(one[i]!)[j]!;
                if (x !== y) expect(Math.abs(x - y)).toBeLessThanOrEqual(1e-13 * scale);
              });
            });
          });
        }
      }),
      { numRuns: 60 },
    );
  });
  test("float32 stays float32", () => {
    const a = tensor(
      [
        [2, 1],
        [1, 3],
      ],
      { dtype: "float32" },
    );
    const results = [
      linalg.det(a),
      linalg.inv(a),
      linalg.pinv(a),
      linalg.expm(a),
      linalg.matrixPower(a, 2),
      linalg.lstsq(a, a).x,
      linalg.tridiagonalSolve(a, a.add(4), a, a.reshape([2, 2, 1])),
      ...Object.values({ ...linalg.eigh(a), ...linalg.svd(a), ...linalg.slogdet(a) }),
    ];
    expect(new Set(results.map(({ dtype }) => dtype))).toEqual(new Set(["float32"]));
  });
  test("signs are fixed: the first leading element of a vector is positive", () => {
    fc.assert(
      fc.property(tensorsOf([3, 3]), (a) => {
        const { u } = linalg.svd(a);
        const { eigenvectors } = linalg.eigh(a);
        for (const vector of [u, eigenvectors].flatMap((x) => x.T.toArray() as number[][])) {
          const largest = Math.max(...vector.map(Math.abs));
          expect(vector.find((x) => Math.abs(x) >= 0.4371 * largest)).toBeGreaterThan(0);
        }
      }),
    );
  });
});

describe("refused:", () => {
  test("matrices without a decomposition, and shapes that do not fit", () => {
    expect(() => linalg.svd([[NaN]])).toThrow("linalg.svd: the matrix holds NaN");
    expect(() => linalg.eigh([[Infinity]])).toThrow("linalg.eigh: the matrix holds Infinity");
    expect(() => linalg.svd([[1]], { fullMatrices: true })).toThrow("fullMatrices: true is not supported");
    expect(() => linalg.svd([1])).toThrow("linalg.svd: needs a matrix");
    for (const f of [linalg.eigh, linalg.det, linalg.slogdet, linalg.inv, linalg.expm]) {
      expect(() => f([[1, 2]])).toThrow(`linalg.${f.name}: needs square matrices`);
    }
    expect(() => linalg.matrixPower([[1]], 0.5)).toThrow("must be a whole number, got 0.5");
    expect(() => linalg.pinv([[1]], { rcond: -1 })).toThrow("rcond must not be negative");
    expect(() => linalg.lstsq([[1, 2]], [1, 2])).toThrow("[1, 2] does not fit the right-hand side [2]");
    expect(() => linalg.tridiagonalSolve([1], [1, 2], [1], [1, 2])).toThrow("three bands of the length of b");
  });
});

describe("expm", () => {
  test("of rotations, of nilpotent and of large diagonal matrices", () => {
    for (const t of [1e-9, 0.5, 3, 20]) {
      const want = tensor([
        [Math.cos(t), -Math.sin(t)],
        [Math.sin(t), Math.cos(t)],
      ]);
      expect(
        size(
          linalg
            .expm([
              [0, -t],
              [t, 0],
            ])
            .sub(want),
        ),
      ).toBeLessThan(8 * epsilon * (1 + t));
    }
    expect(
      linalg
        .expm([
          [0, 2],
          [0, 0],
        ])
        .toArray(),
    ).toEqual([
      [1, 2],
      [0, 1],
    ]);
    const large = numbers(
      linalg.expm([
        [100, 0],
        [0, -100],
      ]),
    );
    expect(Math.abs(large[0]! / Math.exp(100) - 1)).toBeLessThan(1e-13);
    expect(Math.abs(large[3]! / Math.exp(-100) - 1)).toBeLessThan(1e-13);
  });
  test("of symmetric matrices is V diag(e^w) V'", () => {
    fc.assert(
      fc.property(tensorsOf([4, 4]), (b) => {
        const a = b.add(b.T);
        const { eigenvalues, eigenvectors: v } = linalg.eigh(a);
        const want = matmul(v.mul(eigenvalues.exp()), v.T);
        const bound = 64 * epsilon * (1 + norm(a).item()) * Math.exp(eigenvalues.max().item());
        expect(size(linalg.expm(a).sub(want))).toBeLessThanOrEqual(bound);
      }),
    );
  });
});

test("det of integer matrices, against the expansion by permutations", () => {
  fc.assert(
    fc.property(tensorsOf([4, 4], fc.integer({ min: -3, max: 3 })), (a) => {
      const rows = a.toArray() as number[][];
      expect(Math.abs(linalg.det(a).item() - laplace(rows))).toBeLessThan(1e-11);
      const { sign, logabsdet } = linalg.slogdet(a);
      expect(Math.abs(sign.item() * Math.exp(logabsdet.item()) - laplace(rows))).toBeLessThan(1e-11);
    }),
    { numRuns: 300 },
  );
});

function laplace(rows: number[][]): number {
  const [first, ...rest] = rows;
  if (first === undefined) return 1;
  return first.reduce(
    (sum, x, j) => sum + (j % 2 === 0 ? x : -x) * laplace(rest.map((r) => r.filter((_, k) => k !== j))),
    0,
  );
}
