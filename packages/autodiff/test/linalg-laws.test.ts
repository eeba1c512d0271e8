import fc from "fast-check";
import { eye, linalg, matmul, type Tensor } from "@cotangent/core-tensor";
import { arbShape, arbTensor } from "@cotangent/autodiff/testing";
import { bands, fullRank, small, spread, systems } from "./arb-cases.js";
import { describeLaws, type OperationCase } from "./describe-laws.js";

const one = (x: fc.Arbitrary<Tensor>) => fc.tuple(x);
const regular = one(systems.map(([a]) => a));
const shape = fc.record({ batch: arbShape({ maxRank: 1, maxLength: 2 }), n: fc.nat(3) });
const any = shape.chain(({ batch, n }) => arbTensor({ shape: [...batch, n, n], elements: small }));
const spreadSquares = spread.filter((a) => a.shape.at(-1) === a.shape.at(-2));
/** Factors of [n, n] matrices of rank at most r < n. */
const thin = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.nat(3))
  .chain(([n, r]) =>
    fc.tuple(
      arbTensor({ shape: [n, Math.min(r, n - 1)], elements: small }),
      arbTensor({ shape: [Math.min(r, n - 1), n], elements: small }),
    ),
  );
const deficient = thin.map(([b, c]) => matmul(b, c));
/** Factors of [3, 2] matrices of rank 1, both nonzero. */
const rankOne = fc.tuple(
  arbTensor({ shape: [3, 1], elements: small }).map((b) => b.add([[2], [1], [-2]])),
  arbTensor({ shape: [1, 2], elements: small }).map((c) => c.add([[-2, 3]])),
);

const operations: OperationCase[] = [
  ["lu", (a) => linalg.lu(a), regular],
  ["eigh", (a) => linalg.eigh(a), one(spreadSquares)],
  ["svd", (a) => linalg.svd(a), one(spread)],
  ["det", (a) => linalg.det(a), one(any)],
  ["det of singular matrices", (a) => linalg.det(a), one(deficient)],
  [
    "det of a batch of several ranks",
    (a, b) => linalg.det(a.mul(b)),
    fc.tuple(
      arbTensor({ shape: [3, 3], elements: small }),
      fc.constant(eye(3).add(0)).map((i) => i.mul([[[1, 1, 1]], [[1, 0, 0]], [[0, 0, 0]]])),
    ),
  ],
  ["slogdet", (a) => linalg.slogdet(a).logabsdet, regular],
  ["inv", (a) => linalg.inv(a), regular],
  ["pinv", (a) => linalg.pinv(a), one(fullRank)],
  ["pinv of the identity", (a) => linalg.pinv(a), one(fc.constant(eye(2)))],
  ["pinv along matrices of rank 1", (b, c) => linalg.pinv(matmul(b, c), { rcond: 1e-6 }), rankOne],
  [
    "lstsq of a tall and of a wide matrix",
    (a, b) => {
      const tall = linalg.lstsq(a.add(eye(3, 2).mul(4)), b);
      const wide = linalg.lstsq(a.add(eye(3, 2).mul(4)).T, b.slice([0, 2]));
      return [tall.x, tall.residuals, wide.x];
    },
    fc.tuple(arbTensor({ shape: [3, 2], elements: small }), arbTensor({ shape: [3] })),
  ],
  [
    "lstsq along matrices of rank 1",
    (b, c) => linalg.lstsq(matmul(b, c), [1, 2, 4], { rcond: 1e-6 }).x,
    rankOne,
  ],
  [
    "lstsq of a broadcast matrix",
    (a, b) => linalg.lstsq(a.add(eye(2).mul(4)), b).x,
    fc.tuple(arbTensor({ shape: [2, 2], elements: small }), arbTensor({ shape: [3, 2, 1] })),
  ],
  ["expm", (a) => linalg.expm(a), one(any)],
  ["expm with squarings", (a) => linalg.expm(a.mul(8)), one(any)],
  [
    "matrixPower",
    (a) => [linalg.matrixPower(a, 5), linalg.matrixPower(a, 1), linalg.matrixPower(a, 0)],
    one(any),
  ],
  ["matrixPower of the inverse", (a) => linalg.matrixPower(a, -2), regular],
  ["tridiagonalSolve", (l, d, u, b) => linalg.tridiagonalSolve(l, d, u, b), bands.map((xs) => [...xs])],
  [
    "tridiagonalSolve with pivoting and broadcast bands",
    (l, d, u, b) => linalg.tridiagonalSolve(l.add(4), d, u.add(2), b),
    fc.tuple(
      arbTensor({ shape: [4], elements: small }),
      arbTensor({ shape: [4], elements: small }).map((d) => d.mul(0.25)),
      arbTensor({ shape: [4], elements: small }),
      arbTensor({ shape: [2, 4, 1] }),
    ),
  ],
];

describeLaws(operations);
