import fc from "fast-check";
import * as ct from "@cotangent/core-tensor";
import type { Tensor } from "@cotangent/core-tensor";
import { arbShape, arbTensor } from "@cotangent/autodiff/testing";
import { apart, distinct, fullRank, positive, real, small, systems, triangles } from "./arb-cases.js";
import { describeLaws, type OperationCase } from "./describe-laws.js";

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

const operations: OperationCase[] = [
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

describeLaws(operations);
