import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import * as ct from "@cotangent/core-tensor";
import { tensor, type Tensor } from "@cotangent/core-tensor";
import { grad, jvp, tree, vjp } from "@cotangent/autodiff";
import { arbShape, arbTensor, arbTree, laws } from "@cotangent/autodiff/testing";
import { apart, distinct, fullRank, positive, real, small, systems, triangles } from "./arb-cases.js";

type Operation = (...xs: Tensor[]) => unknown;

const tensors = arbTensor({ shape: arbShape({ minLength: 1 }), elements: real });
const ranked = arbTensor({ shape: arbShape({ minRank: 1, minLength: 1 }), elements: real });
const vectors = arbTensor({ shape: arbShape({ minRank: 1, maxRank: 1 }) });
const nonzero = arbTensor({ shape: arbShape({ minRank: 1, minLength: 1 }), elements: apart });
const matrices = arbTensor({ shape: arbShape({ minRank: 2, minLength: 1 }), elements: real });
const plane = arbTensor({ shape: arbShape({ minRank: 2, maxRank: 2 }) });
const withZeros = arbTensor({
  shape: arbShape({ minRank: 1, minLength: 1, maxLength: 4 }),
  elements: fc.constantFrom(0, 0, 1, -2, 1.5),
});
const spread = arbShape({ minRank: 1, minLength: 2 }).chain((shape) => distinct(fc.constant(shape)));
const updates = fc.tuple(arbTensor({ shape: [3, 2] }), arbTensor({ shape: [1, 2] }));
const one = (x: fc.Arbitrary<Tensor>) => fc.tuple(x);
const pair = fc
  .tuple(fc.nat(3), fc.nat(3), fc.nat(3))
  .chain(([m, k, n]) => fc.tuple(arbTensor({ shape: [m, k] }), arbTensor({ shape: [k, n] })));
const same = arbShape().chain((shape) => fc.tuple(arbTensor({ shape }), arbTensor({ shape })));
const matrixAndVector = fc
  .nat(3)
  .chain((n) => fc.tuple(arbTensor({ shape: [n, n], elements: small }), arbTensor({ shape: [n] })));
const definite = (a: Tensor) => a.matmul(a.matrixTranspose());

const operations: [string, Operation, fc.Arbitrary<Tensor[]>][] = [
  ["rsqrt", (x) => ct.rsqrt(x), one(arbTensor({ elements: positive }))],
  ["clip", (x) => ct.clip(x, -0.5, 1), one(arbTensor({ elements: real.map((k) => k + 1 / 16) }))],
  ["mean of everything", (x) => ct.mean(x), one(tensors)],
  ["mean over the last axis", (x) => ct.mean(x, { axis: -1, keepDims: true }), one(ranked)],
  ["sum over two axes", (x) => ct.sum(x, { axis: [-1, 0] }), one(matrices)],
  [
    "max over the last axis",
    (x) => ct.max(x, { axis: -1 }),
    one(distinct(arbShape({ minRank: 1, minLength: 1 }))),
  ],
  [
    "elements at argmax and argmin, a choice by any and all",
    (x) => [
      ct.takeAlongAxis(x, ct.argmax(x, { axis: -1, keepDims: true }), -1),
      ct.take(x.ravel(), ct.argmin(x)),
      ct.where(ct.any(ct.greater(x, 0)), x.sin(), x),
      ct.where(ct.all(ct.greater(x, 0), { axis: 0 }), x.sin(), x),
    ],
    one(distinct(arbShape({ minRank: 1, minLength: 1 })).map((x) => x.add(1 / 8))),
  ],
  ["logsumexp", (x) => ct.logsumexp(x), one(tensors)],
  ["logsumexp over axes", (x) => ct.logsumexp(x, { axis: [0, -1] }), one(matrices)],
  ["softmax", (x) => ct.softmax(x), one(ranked)],
  ["softmax over the first axis", (x) => ct.softmax(x, { axis: 0 }), one(ranked)],
  ["logSoftmax", (x) => ct.logSoftmax(x), one(ranked)],
  ["cumsum backwards counted", (x) => ct.cumsum(x, { axis: -1 }), one(ranked)],
  ["prod", (x) => [ct.prod(x), ct.prod(x, { axis: -1 })], one(ranked)],
  ["prod with zeros", (x) => [ct.prod(x), ct.prod(x, { axis: 0 })], one(withZeros)],
  ["cumprod", (x) => ct.cumprod(x, { axis: -1 }), one(ranked)],
  ["cumprod with zeros", (x) => [ct.cumprod(x), ct.cumprod(x, { axis: 0 })], one(withZeros)],
  ["variance", (x) => [ct.variance(x), ct.variance(x, { axis: 0, ddof: -1 })], one(ranked)],
  ["std", (x) => ct.std(x, { axis: -1, ddof: -1 }), one(spread)],
  ["norm", (x) => ct.norm(x), one(nonzero)],
  ["norm over an axis", (x) => ct.norm(x, { axis: -1, keepDims: true }), one(nonzero)],
  ["norm of order 1", (x) => ct.norm(x, { ord: 1 }), one(nonzero)],
  [
    "norm of order infinity",
    (x) => ct.norm(x, { ord: Infinity }),
    one(distinct(arbShape({ minRank: 1, minLength: 1 })).map((x) => x.exp())),
  ],
  ["matmul", (x, y) => ct.matmul(x, y), pair],
  [
    "matmul of vectors and matrices",
    (a, b) => [ct.matmul(a, b), ct.matmul(b, a), ct.matmul(b, b)],
    matrixAndVector,
  ],
  [
    "matmul with broadcast batches",
    (x, y) => ct.matmul(x, y),
    fc.tuple(arbTensor({ shape: [2, 1, 2, 3] }), arbTensor({ shape: [3, 3, 1] })),
  ],
  ["dot, vdot, outer", (x, y) => [ct.dot(x.ravel(), y.ravel()), ct.vdot(x, y), ct.outer(x, y)], same],
  [
    "einsum of pairs",
    (x, y) => [ct.einsum("ij,jk->ki", x, y), ct.einsum("ij,kl->l", x, y), ct.einsum("ij,ij->i", x, x)],
    pair,
  ],
  [
    "einsum of diagonals, ellipses and lengths that stretch",
    (x, y) => [ct.einsum("iji->j", x), ct.einsum("...i,...i->i...", x, x), ct.einsum("aij,bjk->aik", x, y)],
    fc.tuple(arbTensor({ shape: [2, 3, 2] }), arbTensor({ shape: [2, 1, 2] })),
  ],
  ["einsum of several", (x, y) => ct.einsum("ij,jk,lj,k->il", x, y, x, y.sum({ axis: 0 })), pair],
  [
    "tensordot",
    (x, y) => [ct.tensordot(x, y, 1), ct.tensordot(x, y, 0), ct.tensordot(x, y, [[1], [0]])],
    pair,
  ],
  [
    "reshape, ravel, squeeze, expandDims",
    (x) => ct.expandDims(ct.squeeze(ct.reshape(ct.ravel(x), [1, -1])), -1),
    one(tensors),
  ],
  ["transpose", (x) => [ct.transpose(x), ct.matrixTranspose(x)], one(matrices)],
  [
    "concatenate, stack, split",
    (x, y) => ct.split(ct.concatenate([ct.stack([x, y]), ct.stack([y, x])]), 2),
    same,
  ],
  ["slice", (x) => [ct.slice(x, [null, null, -2]), ct.slice(x, -1), ct.slice(x, [1, null])], one(ranked)],
  ["flip", (x) => [ct.flip(x), ct.flip(x, { axis: -1 })], one(ranked)],
  [
    "pad",
    (x) =>
      ct.pad(x, [
        [1, 2],
        [0, 1],
      ]),
    one(plane),
  ],
  ["take with repeats", (x) => ct.take(x, [0, -1, 0, 0], -1), one(ranked)],
  [
    "takeAlongAxis",
    (x) => ct.takeAlongAxis(x, ct.argsort(x, { axis: 0 }), 0),
    one(distinct(arbShape({ minRank: 1, minLength: 1 }))),
  ],
  [
    "sort",
    (x) => [ct.sort(x), ct.sort(x, { axis: 0 })],
    one(distinct(arbShape({ minRank: 1, minLength: 1 }))),
  ],
  ["diag of a vector", (x) => ct.diag(x), one(vectors)],
  ["diag and trace of a matrix", (x) => [ct.diag(x), ct.trace(x)], one(plane)],
  [
    "diagonal and trace over any axes",
    (x) => [
      ct.diagonal(x, { offset: 1, axis1: -1, axis2: 0 }),
      ct.trace(x, { offset: -1 }),
      ct.diag(x.ravel(), -1),
    ],
    one(matrices),
  ],
  ["roll", (x) => [ct.roll(x, 2), ct.roll(x, [1, -1], { axis: [0, -1] })], one(ranked)],
  [
    "tile and repeat",
    (x) => [ct.tile(x, [2, 1, 2]), ct.repeat(x, 2), ct.repeat(x, 2, { axis: -1 })],
    one(ranked),
  ],
  ["repeat with counts", (x) => ct.repeat(x, [2, 0, 3], { axis: 0 }), one(arbTensor({ shape: [3, 2] }))],
  ["topK", (x) => ct.topK(x, 1, { axis: 0 }).values, one(distinct(arbShape({ minRank: 1, minLength: 1 })))],
  ["at ranges", (x, v) => [ct.at(x, [[1, null]]).set(v), ct.at(x, [null, [null, null, -1]]).add(v)], updates],
  [
    "at indices, repeated",
    (x, v) => {
      const part = ct.at(x, new Int32Array([2, 0, 2]));
      return [part.set(v), part.add(v), part.set(ct.concatenate([v, v.sin(), v.cos()]))];
    },
    updates,
  ],
  ["tril and triu", (x) => [ct.tril(x, -1), ct.triu(x, 1)], one(matrices)],
  [
    "where with a condition of its own",
    (x, y) => ct.where(ct.greater(x, 0), ct.mul(x, y), y),
    fc.tuple(nonzero, arbTensor({ shape: [1] })),
  ],
  ["linalg.solve", (a, b) => ct.linalg.solve(a, b), systems.map((s) => [...s])],
  ["linalg.solve of a vector", (a, b) => ct.linalg.solve(a.add(ct.eye(b.size).mul(5)), b), matrixAndVector],
  [
    "linalg.solve with a broadcast matrix",
    (a, b) => ct.linalg.solve(a.add(ct.eye(2).mul(5)), b),
    fc.tuple(arbTensor({ shape: [2, 2], elements: small }), arbTensor({ shape: [3, 2, 2] })),
  ],
  [
    "linalg.triangularSolve",
    (a, b) => [
      ct.linalg.triangularSolve(a, b),
      ct.linalg.triangularSolve(a, b, { lower: false, transpose: true }),
    ],
    triangles.map((s) => [...s]),
  ],
  ["linalg.cholesky", (a) => ct.linalg.cholesky(a), one(systems.map(([a]) => definite(a)))],
  ["linalg.lu", (a) => ct.linalg.lu(a), one(systems.map(([a]) => a).filter((a) => a.ndim === 2))],
  ["linalg.qr", (a) => ct.linalg.qr(a), one(fullRank)],
];

describe.each(operations)("%s", (_, f, args) => {
  const runs = { numRuns: 12 };
  test("jvpTaylor", () => fc.assert(laws.jvpTaylor(f, args), runs));
  test("jvpTaylor of order 2", () => fc.assert(laws.jvpTaylor(f, args, { order: 2 }), runs));
  test("jvpTaylor of order 2 in reverse", () =>
    fc.assert(laws.jvpTaylor(f, args, { order: 2, mode: "reverse" }), runs));
  test("adjoint", () => fc.assert(laws.adjoint(f, args), runs));
  test("linear", () => fc.assert(laws.linear(f, args), runs));
  test("symmetricHessian", () => fc.assert(laws.symmetricHessian(f, args), runs));
});

describe("at a kink both modes agree on", () => {
  const zero = tensor([0, 0]);
  const cases: [string, (x: Tensor) => Tensor, Tensor, number[]][] = [
    ["abs'(0) = 0", (x) => x.abs(), zero, [0, 0]],
    ["relu'(0) = 0", (x) => x.relu(), zero, [0, 0]],
    ["halves at a tie of maximum", (x) => ct.maximum(x, 0), zero, [0.5, 0.5]],
    ["halves at a tie of minimum", (x) => ct.minimum(0, x), zero, [0.5, 0.5]],
    ["shares at a tie of max", (x) => x.max(), tensor([2, 2, 1, 2]), [1 / 3, 1 / 3, 0, 1 / 3]],
    ["sqrt'(0) = inf", (x) => x.sqrt(), tensor([0]), [Infinity]],
    ["norm'(0) = 0", (x) => x.norm(), zero, [0, 0]],
    [
      "norm'(0) = 0 beside others",
      (x) => x.norm({ axis: 1 }),
      tensor([
        [0, 0],
        [0, 4],
      ]),
      [0, 0, 0, 1],
    ],
    ["std'(x) = 0 where all are equal", (x) => x.std(), zero, [0, 0]],
    ["(x^2)'(0) = 0 and (x^0)'(0) = 0", (x) => x.pow(2).add(x.pow(0)), zero, [0, 0]],
    ["round, a step", (x) => x.round(), tensor([0.5, 1.5]), [0, 0]],
    ["asin'(1) = asin'(-1) = inf", (x) => x.asin(), tensor([1]), [Infinity]],
    ["acos'(-1) = -inf", (x) => x.acos(), tensor([-1]), [-Infinity]],
    ["erfinv'(1) = inf", (x) => x.erfinv(), tensor([1]), [Infinity]],
    ["atan2 at the origin", (x) => ct.atan2(x, 0).add(ct.atan2(0, x)), zero, [0, 0]],
    ["mod where it jumps", (x) => x.mod(3), tensor([3, -3]), [1, 1]],
    ["mod where it jumps, along b", (x) => ct.mod([6, -6], x), tensor([3, 3]), [-2, 2]],
    [
      "halves at equal infinities of logaddexp",
      (x) => ct.logaddexp(x, -Infinity),
      tensor([-Infinity]),
      [0.5],
    ],
    ["clip at its ends", (x) => x.clip(-1, 1), tensor([-1, 1, 0, 2]), [0.5, 0.5, 1, 0]],
  ];
  test.each(cases)("%s", (_, f, x, want) => {
    expect(Array.from(grad((y: Tensor) => f(y).sum())(x).toTypedArray())).toEqual(want);
    const unit = (i: number) => tensor(want.map((__, k) => (k === i ? 1 : 0))).reshape(x.shape);
    // A zero tangent at an infinite slope is 0 * inf: the one direction is asked for by itself.
    const forward = want.map((__, i) => jvp((y: Tensor) => f(y).sum(), [x], [unit(i)]).tangent.item());
    expect(forward).toEqual(want);
  });

  test("x^2 has all its derivatives at 0", () => {
    let f = (x: Tensor) => x.pow(2);
    const values = [0, 1, 2, 3].map(() => {
      const value = f(tensor(0)).item();
      f = grad(f);
      return value;
    });
    expect(values).toEqual([0, 0, 2, 0]);
  });

  test("logaddexp has its second derivative at a tie", () => {
    expect(grad(grad((x: Tensor) => ct.logaddexp(x, 1)))(tensor(1)).item()).toBe(0.25);
  });

  test("far from the origin no square of atan2 overflows or underflows", () => {
    const slope = (y: number, x: number) => grad((v: Tensor) => ct.atan2(v, x))(tensor(y)).item();
    expect(slope(1e200, 1e200) * 1e200).toBeCloseTo(0.5, 14);
    expect(slope(1e-200, 1e-200) * 1e-200).toBeCloseTo(0.5, 14);
  });

  test("d^2 a^b / da db = a^(b-1) at b = 0", () => {
    const mixed = grad((b: Tensor) => grad((a: Tensor) => ct.pow(a, b))(4))(0);
    expect(mixed.item()).toBe(0.25);
  });
});

describe("trees", () => {
  // d <x, x> = 2 x, with the type of a tree that is known only at run time
  const square = (y: object) => tree.dot<object>(y, y);
  const gradient = (x: object): object => vjp(square, x).pullback(1)[0];

  test("gradients have the structure of the argument", () => {
    fc.assert(
      fc.property(arbTree(), (x) => {
        const g = gradient(x);
        expect(tree.structure(g)).toEqual(tree.structure(x));
        expect(String(tree.leaves(g))).toBe(String(tree.leaves(tree.scale<object>(2, x))));
      }),
    );
  });
  test("ravel and unravel are inverse, and differentiable", () => {
    const leaf = arbTensor({ shape: arbShape({ maxRank: 2 }) });
    fc.assert(
      laws.adjoint<readonly [object]>(
        (x) => tree.ravel(x).unravel(tree.ravel(x).vector.sin()),
        fc.tuple(arbTree({ leaf })),
      ),
      { numRuns: 30 },
    );
  });
});

describe("arbitraries", () => {
  function smallest<T>(arbitrary: fc.Arbitrary<T>, holds: (x: T) => boolean): T {
    const { counterexample } = fc.check(fc.property(arbitrary, holds), { seed: 1, numRuns: 1000 });
    return counterexample![0];
  }

  test("shrink to small tensors that print in full", () => {
    const x = smallest(arbTensor(), (y) => y.sum().item() < 1);
    expect(x.size).toBeLessThanOrEqual(2);
    expect(x.sum().item()).toBe(1);
    expect(fc.stringify(x)).toBe(String(x));
  });
  test("shrink to small shapes and trees", () => {
    const leaves = arbTree({ leaf: arbTensor({ shape: [] }) });
    expect(smallest(arbShape(), (shape) => shape.length < 2)).toEqual([0, 0]);
    expect(tree.leaves(smallest(leaves, (x) => tree.leaves(x).length !== 1)).map(String)).toEqual(["0"]);
  });
});
