import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { diag, eye, flip, linalg, matmul, norm, random, tensor, type Tensor } from "@cotangent/core-tensor";

// Above 32 x 32 eigenvalues come from tridiagonal matrices, so small random matrices say nothing about these.
const epsilon = 2 ** -52;
const largest = (x: Tensor) => norm(x.ravel(), { ord: Infinity }).item();
const range = (n: number, f: (i: number) => number) => tensor(Array.from({ length: n }, (_, i) => f(i)));
const symmetric = (a: Tensor) => a.add(a.T).mul(0.5);
const noise = (seed: number, n: number) => random.normal(random.key(seed), [n, n]);
const orthogonal = (seed: number, n: number) => linalg.qr(noise(seed, n)).q;
const withEigenvalues = (seed: number, w: Tensor) => {
  const q = orthogonal(seed, w.size);
  return symmetric(matmul(q.mul(w), q.T));
};
const scaled = (a: Tensor, d: Tensor) => a.mul(d).mul(d.reshape([-1, 1]));
const bands = (d: Tensor, e: Tensor) => diag(d).add(diag(e, 1)).add(diag(e, -1));

const kinds: Readonly<Record<string, (seed: number, n: number) => Tensor>> = {
  random: (seed, n) => symmetric(noise(seed, n)),
  "graded down": (seed, n) =>
    scaled(
      symmetric(noise(seed, n)),
      range(n, (i) => 10 ** -i),
    ),
  "graded up": (seed, n) =>
    scaled(
      symmetric(noise(seed, n)),
      range(n, (i) => 10 ** (i - n)),
    ),
  "nearly tridiagonal": (seed, n) =>
    bands(
      range(n, (i) => i % 5),
      range(n - 1, () => 1),
    ).add(symmetric(noise(seed, n)).mul(1e-11)),
  "repeated eigenvalues": (seed, n) =>
    withEigenvalues(
      seed,
      range(n, (i) => i % 3),
    ),
  "eigenvalues of many sizes": (seed, n) =>
    withEigenvalues(
      seed,
      range(n, (i) => 2 ** -i),
    ),
  "rank one": (seed, n) => {
    const x = random.normal(random.key(seed), [n]);
    return x.outer(x);
  },
  diagonal: (seed, n) => diag(random.normal(random.key(seed), [n])),
  zero: (_, n) => eye(n).mul(0),
  identity: (_, n) => eye(n),
  reversal: (_, n) => flip(eye(n), { axis: 0 }),
  "nearly repeated pairs": (_, n) =>
    bands(
      range(n, (i) => Math.abs(i - (n - 1) / 2)),
      range(n - 1, () => 1),
    ),
  "blocks nearly apart": (_, n) =>
    bands(
      range(n, (i) => Math.abs((i % 11) - 5)),
      range(n - 1, (i) => (i % 11 === 10 ? 1e-14 : 1)),
    ),
  huge: (seed, n) => symmetric(noise(seed, n).mul(2 ** 1018)),
  tiny: (seed, n) => symmetric(noise(seed, n).mul(2 ** -990)),
};

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const sizes = fc.integer({ min: 33, max: 44 });

describe.each(Object.keys(kinds))("a symmetric matrix of more than 32 rows, %s:", (kind) => {
  test("A V = V diag(w) and V' V = I to rounding, w ascending", () => {
    fc.assert(
      fc.property(seeds, sizes, (seed, n) => {
        const given = kinds[kind]!(seed, n);
        const unit = 2 ** Math.max(-1000, Math.floor(Math.log2(largest(given) || 1)));
        const { eigenvalues, eigenvectors: v } = linalg.eigh(given);
        const [a, w] = [given.div(unit), eigenvalues.div(unit)];
        const size = Math.max(largest(w), Number.MIN_VALUE);
        expect(largest(matmul(a, v).sub(v.mul(w)))).toBeLessThanOrEqual(2 * n * epsilon * size);
        expect(largest(matmul(v.T, v).sub(eye(n)))).toBeLessThanOrEqual(2 * n * epsilon);
        expect(w.toArray()).toEqual(w.sort().toArray());
      }),
      { numRuns: 6 },
    );
  });
});

test("U diag(s) V' = A for large matrices, tall and wide", () => {
  fc.assert(
    fc.property(seeds, sizes, fc.boolean(), fc.boolean(), (seed, n, wide, graded) => {
      const scales = range(n, (i) => (graded ? 10 ** -i : 1));
      const tall = random.normal(random.key(seed), [n + 5, n]).mul(scales);
      const a = wide ? tall.T : tall;
      const { u, s, vh } = linalg.svd(a);
      const tolerance = 2 * (n + 5) * epsilon;
      expect(largest(matmul(u.mul(s), vh).sub(a))).toBeLessThanOrEqual(tolerance * largest(s));
      expect(largest(matmul(u.T, u).sub(eye(n)))).toBeLessThanOrEqual(tolerance);
      expect(largest(matmul(vh, vh.T).sub(eye(n)))).toBeLessThanOrEqual(tolerance);
      expect(s.neg().toArray()).toEqual(s.neg().sort().toArray());
    }),
    { numRuns: 12 },
  );
});

describe("eigenvalues of large symmetric matrices", () => {
  test("of the second difference are 2 - 2 cos(k pi / (n + 1))", () => {
    const n = 60;
    const a = bands(
      range(n, () => 2),
      range(n - 1, () => -1),
    );
    const want = range(n, (k) => 4 * Math.sin(((k + 1) * Math.PI) / (2 * (n + 1))) ** 2);
    expect(largest(linalg.eigh(a).eigenvalues.sub(want))).toBeLessThan(4 * n * epsilon);
  });

  test("of two blocks are those of the blocks, each found by the method for its size", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const a = symmetric(noise(seed, 30));
        const b = symmetric(noise(seed + 1, 10));
        const both = a.pad([
          [0, 10],
          [0, 10],
        ]);
        const whole = both.add(
          b.pad([
            [30, 0],
            [30, 0],
          ]),
        );
        const parts = [...[a, b].flatMap((x) => Array.from(linalg.eigh(x).eigenvalues))].map((w) => w.item());
        const want = tensor(parts.sort((x, y) => x - y));
        const got = linalg.eigh(whole).eigenvalues;
        expect(largest(got.sub(want))).toBeLessThanOrEqual(40 * epsilon * largest(want));
      }),
      { numRuns: 20 },
    );
  });

  test("a batch is its matrices by themselves", () => {
    const [a, b] = [symmetric(noise(3, 40)), symmetric(noise(4, 40))];
    const { eigenvalues, eigenvectors } = linalg.eigh(tensor([a.toArray(), b.toArray()] as number[][][]));
    [a, b].forEach((x, i) => {
      const alone = linalg.eigh(x);
      expect(eigenvalues.slice(i).toArray()).toEqual(alone.eigenvalues.toArray());
      expect(eigenvectors.slice(i).toArray()).toEqual(alone.eigenvectors.toArray());
    });
  });
});
