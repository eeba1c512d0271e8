import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  concatenate,
  ones,
  ShapeError,
  sub,
  tensor,
  ValueError,
  where,
  zeros,
  type Tensor,
} from "@cotangent/core-tensor";
import {
  customJvp,
  grad,
  hessian,
  jacfwd,
  NonScalarError,
  NotDifferentiableError,
  PatternError,
  sparseHessian,
  sparseJacobian,
  vmap,
} from "@cotangent/autodiff";
import { checkDerivatives } from "@cotangent/autodiff/testing";
import { denseOf, differenceOf } from "./dense-of.js";
import { gridOfNodes, springEnergy } from "./spring-grid.js";

/** Local operations on vectors, and some that are not. */
const arbStep: fc.Arbitrary<(y: Tensor) => Tensor> = fc.oneof(
  fc.constantFrom<((y: Tensor) => Tensor)[]>(
    (y) => y.sin(),
    (y) => y.square().add(y),
    (y) => y.slice([1, null]).mul(y.slice([0, -1])),
    (y) => sub(y.slice([1, null]), y.slice([0, -1])),
    (y) => y.roll(1).mul(y.cos()),
    (y) => concatenate([y.flip(), y.exp().neg().exp()]),
    (y) => where(y.greater(0), y.square(), y.roll(2)),
    (y) => y.slice([null, null, 2]),
    (y) => y.relu().pad([[1, 2]]),
    (y) => y.sort(),
  ),
  {
    weight: 1,
    arbitrary: fc.constantFrom<((y: Tensor) => Tensor)[]>(
      (y) => y.cumsum().sin(),
      (y) => y.mul(y.mean()),
    ),
  },
  fc
    .array(fc.nat(100), { minLength: 1, maxLength: 6 })
    .map((picks) => (y: Tensor) => (y.size === 0 ? y : y.take(picks.map((k) => k % y.size)))),
);
const arbProgram = fc.record({
  steps: fc.array(arbStep, { maxLength: 6 }),
  n: fc.nat(9),
  seed: fc.integer({ min: 1, max: 1000 }),
});
const pointOf = (n: number, seed: number) =>
  tensor(Float64Array.from({ length: n }, (_, k) => Math.sin(seed * (k + 1))));

describe("random programs", () => {
  test("have the Jacobian of jacfwd", () => {
    fc.assert(
      fc.property(arbProgram, ({ steps, n, seed }) => {
        const f = (x: Tensor) => steps.reduce((y, step) => step(y), x);
        const x = pointOf(n, seed);
        const J = sparseJacobian(f, x);
        const dense = jacfwd(f)(x);
        expect(J.shape).toEqual(dense.shape);
        expect(differenceOf(denseOf(J), dense)).toBeLessThan(1e-12);
        expect(J.products).toBeLessThanOrEqual(1 + Math.min(...J.shape));
      }),
    );
  });
  test("have the Hessian of hessian, symmetric to the bit", () => {
    fc.assert(
      fc.property(arbProgram, ({ steps, n, seed }) => {
        const f = (x: Tensor) =>
          steps
            .reduce((y, step) => step(y), x)
            .sin()
            .sum();
        const x = pointOf(n, seed);
        const H = denseOf(sparseHessian(f, x));
        expect(differenceOf(H, hessian(f)(x))).toBeLessThan(1e-11);
        expect(H.T.toArray()).toEqual(H.toArray());
      }),
    );
  });
});

describe("a grid of springs", () => {
  test("has the dense Hessian", () => {
    for (const n of [1, 2, 3, 5, 6]) {
      const x = gridOfNodes(n);
      const dense = hessian(springEnergy)(x).reshape([2 * n * n, 2 * n * n]);
      expect(differenceOf(denseOf(sparseHessian(springEnergy, x)), dense)).toBeLessThan(1e-12);
    }
  });
  test("takes as many products when it is large: those of the two unknowns of nine nodes, and a check", () => {
    for (const n of [10, 30, 100]) {
      const H = sparseHessian(springEnergy, gridOfNodes(n));
      expect(H.products).toBe(19);
      expect(H.shape).toEqual([2 * n * n, 2 * n * n]);
      // Nine nodes meet in a row, fewer at the border: (3 n - 2)^2 pairs of nodes.
      expect(H.data.size).toBe(4 * (3 * n - 2) ** 2);
    }
  });
});

describe("columns or rows, whatever takes fewer", () => {
  const n = 30;
  const x = ones([n]).cumsum();
  test("one full row, or one full column", () => {
    const fullRow = sparseJacobian((y: Tensor) => concatenate([y.sum().reshape([1]), y.square()]), x);
    expect(fullRow.products).toBe(3);
    const fullColumn = sparseJacobian((y: Tensor) => y.mul(y.slice(0)), x);
    expect(fullColumn.products).toBe(3);
  });
  test("both, in a symmetric matrix", () => {
    const arrow = sparseHessian((y: Tensor) => y.mul(y.slice(0)).sum().add(y.pow(3).sum()), x);
    expect(arrow.products).toBe(3);
    expect(arrow.data.size).toBe(3 * n - 2);
  });
});

describe("arguments of every kind", () => {
  test("trees, with leaves one after the other", () => {
    const f = ({ w, b }: { w: Tensor; b: Tensor }) => ({ y: w.sum({ axis: 1 }).mul(b), z: [b.sin()] });
    const J = sparseJacobian(f, { w: tensor([[1, 2], [3, 4]]), b: tensor([5, 6]) }); // prettier-ignore
    expect(denseOf(J).slice([0, 2]).toArray()).toEqual([[3, 0, 5, 5, 0, 0], [0, 7, 0, 0, 6, 6]]); // prettier-ignore
    expect(J.shape).toEqual([4, 6]);
  });
  test("scalars, empty tensors, constants", () => {
    expect(denseOf(sparseJacobian((x: Tensor) => x.square(), 3)).toArray()).toEqual([[6]]);
    expect(denseOf(sparseHessian((x: Tensor) => x.pow(3), 2)).toArray()).toEqual([[12]]);
    expect(sparseJacobian((x: Tensor) => x.square(), zeros([0])).shape).toEqual([0, 0]);
    expect(sparseJacobian((x: Tensor) => concatenate([x, ones([2])]), zeros([0])).shape).toEqual([2, 0]);
    expect(sparseHessian((x: Tensor) => x.sum(), zeros([0])).shape).toEqual([0, 0]);
    const constant = sparseJacobian(() => ones([2]), zeros([3]));
    expect([constant.data.size, constant.indptr.toArray(), constant.products]).toEqual([0, [0, 0, 0], 1]);
    expect(sparseHessian((x: Tensor) => x.sum(), zeros([3])).data.size).toBe(0);
  });
  test("float32", () => {
    const x = tensor([1, 2, 3], { dtype: "float32" });
    const J = sparseJacobian((y: Tensor) => y.square(), x);
    expect([J.data.dtype, J.data.toArray()]).toEqual(["float32", [2, 4, 6]]);
    const mixed = sparseJacobian(
      ({ a, b }: { a: Tensor; b: Tensor }) => [a.dtype, b.dtype].map((_, i) => [a, b][i]!.sin()),
      {
        a: x,
        b: tensor([1]),
      },
    );
    expect(mixed.data.dtype).toBe("float64");
  });
  test("integers are refused", () => {
    expect(() => sparseJacobian((x: Tensor) => x, tensor([1], { dtype: "int32" }))).toThrow(
      NotDifferentiableError,
    );
    expect(() => sparseJacobian((x: Tensor) => x.astype("int32"), ones([2]))).toThrow(NotDifferentiableError);
    expect(() => sparseHessian((x: Tensor) => x.sum().astype("int32"), ones([2]))).toThrow(
      NotDifferentiableError,
    );
    expect(() => sparseHessian((x: Tensor) => x, ones([2]))).toThrow(NonScalarError);
  });
});

describe("a given pattern", () => {
  const f = (x: Tensor) => x.slice([1, null]).mul(x.slice([0, -1]));
  const x = tensor([1, 2, 3]);
  test("as rows, as a former result, as a matrix", () => {
    const wanted = [[2, 1, 0], [0, 3, 2]]; // prettier-ignore
    const rows = { indices: [1, 0, 2, 1], indptr: [0, 2, 4], shape: [2, 3] } as const;
    const former = sparseJacobian(f, tensor([5, 7, 9]));
    for (const pattern of [
      rows,
      former,
      ones([2, 3]),
      [
        [1, 1, 0],
        [0, 2, -1],
      ],
    ]) {
      // prettier-ignore
      expect(denseOf(sparseJacobian(f, x, { pattern })).toArray()).toEqual(wanted);
    }
    expect(sparseJacobian(f, x, { pattern: former }).indices.toArray()).toEqual([0, 1, 1, 2]);
  });
  test("of a Hessian: one half is enough", () => {
    const energy = (y: Tensor) => f(y).sum();
    const H = sparseHessian(energy, x, { pattern: [[0, 1, 0], [0, 0, 1], [0, 0, 0]] }); // prettier-ignore
    expect(denseOf(H).toArray()).toEqual([[0, 1, 0], [1, 0, 1], [0, 1, 0]]); // prettier-ignore
  });
  test("that lacks entries is refused, whatever is missing", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 8 }), fc.nat(), fc.boolean(), (n, pick, symmetric) => {
        const at = pointOf(n, 3);
        const energy = (y: Tensor) => f(y).sin().sum().add(y.exp().sum());
        const { indices, indptr, shape } = symmetric ? sparseHessian(energy, at) : sparseJacobian(f, at);
        const [own, starts] = [[...indices.toTypedArray()], indptr.toTypedArray()];
        const k = pick % own.length;
        const row = starts.findIndex((start) => start > k) - 1;
        let kept = own.map((_, e) => e !== k);
        // Of a symmetric pair both are left out.
        if (symmetric)
          kept = kept.map(
            (is, e) => is && !(own[e] === row && starts.findIndex((s) => s > e) - 1 === own[k]),
          );
        const before = (e: number) => kept.slice(0, e).filter(Boolean).length;
        const pattern = { indices: own.filter((_, e) => kept[e]), indptr: Array.from(starts, before), shape };
        const derivative = () =>
          symmetric ? sparseHessian(energy, at, { pattern }) : sparseJacobian(f, at, { pattern });
        expect(derivative).toThrow(PatternError);
      }),
      { numRuns: 50 },
    );
    expect(() => sparseJacobian(f, x, { pattern: zeros([2, 3]) })).toThrow("lacks entries");
  });
  test("that is none is refused", () => {
    expect(() => sparseJacobian(f, x, { pattern: ones([3, 2]) })).toThrow(ShapeError);
    expect(() => sparseJacobian(f, x, { pattern: [1, 2] })).toThrow(ShapeError);
    const rows = (indices: number[], indptr: number[]) => ({
      pattern: { indices, indptr, shape: [2, 3] as const },
    });
    expect(() => sparseJacobian(f, x, rows([0, 3], [0, 1, 2]))).toThrow(ValueError);
    expect(() => sparseJacobian(f, x, rows([0, 1], [0, 1]))).toThrow(ValueError);
    expect(() => sparseJacobian(f, x, rows([0, 1], [0, 2, 1]))).toThrow(ValueError);
    expect(() => sparseJacobian(f, x, rows([0, 1], [0, 1, 1]))).toThrow(ValueError);
  });
  test("is not blamed for rounding", () => {
    // Every entry is nothing but rounding: 1/e^x e^x is constant, x^2 / x - x almost zero.
    const rounding = (y: Tensor) => y.exp().log().sub(y).mul(1e8).add(y.square().div(y).sub(y).mul(1e8));
    const x9 = pointOf(9, 5);
    expect(() => sparseJacobian(rounding, x9)).not.toThrow();
    expect(() => sparseHessian((y: Tensor) => rounding(y).sum(), x9)).not.toThrow();
  });
});

test("a custom rule whose Hessian is not symmetric is noticed", () => {
  const wrong = customJvp(
    (x: Tensor) => x.slice(0).mul(x.slice(1)).square(),
    ([x], [t]) => ({ value: x.slice(0).mul(x.slice(1)).square(), tangent: t.slice(0).mul(x.slice(1)) }),
  );
  expect(() => sparseHessian((x: Tensor) => wrong(x), tensor([1, 2]))).toThrow(PatternError);
});

describe("the entries are values like others", () => {
  const energy = (x: Tensor, stiffness: Tensor) =>
    sub(x.slice([1, null]), x.slice([0, -1]))
      .pow(4)
      .mul(stiffness)
      .sum();
  const x = pointOf(6, 2);
  const stiffness = tensor([1, 2, 3, 4, 5]);
  test("and are differentiated, in what f closes over and in x", () => {
    const norm = (y: Tensor, s: Tensor) =>
      sparseHessian((z: Tensor) => energy(z, s), y)
        .data.square()
        .sum();
    checkDerivatives(norm, [x, stiffness]);
    const dense = (y: Tensor, s: Tensor) =>
      hessian((z: Tensor) => energy(z, s))(y)
        .square()
        .sum();
    const [found, wanted] = [norm, dense].map((f) => grad(f, { argnums: [0, 1] })(x, stiffness));
    found!.forEach((g, i) => expect(differenceOf(g, wanted![i]!)).toBeLessThan(1e-12));
  });
  test("and are batched", () => {
    const points = tensor([1, 2, 3].map((seed) => pointOf(6, seed).toArray() as number[]));
    const outAxes = { data: 0, indices: null, indptr: null, shape: null, products: null };
    const batch = vmap((y: Tensor) => sparseHessian((z: Tensor) => energy(z, stiffness), y), { outAxes })(
      points,
    );
    [1, 2, 3].forEach((seed, k) => {
      const one = sparseHessian((z: Tensor) => energy(z, stiffness), pointOf(6, seed));
      expect(differenceOf(batch.data.slice(k), one.data)).toBeLessThan(1e-14);
    });
    // Sorting takes another way in every example: the pattern has them all.
    const sorted = vmap((y: Tensor) => denseOf(sparseJacobian((z: Tensor) => z.sort().square(), y)))(points);
    [1, 2, 3].forEach((seed, k) => {
      expect(
        differenceOf(sorted.slice(k), jacfwd((z: Tensor) => z.sort().square())(pointOf(6, seed))),
      ).toBeLessThan(1e-14);
    });
  });
});
