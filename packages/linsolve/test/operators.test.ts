import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import {
  matmul,
  mul,
  ones,
  ShapeError,
  tensor,
  ValueError,
  zeros,
  type Tensor,
} from "@cotangent/core-tensor";
import { sparseJacobian, tree, TreeError, type Csr } from "@cotangent/autodiff";
import { checkDerivatives } from "@cotangent/autodiff/testing";
import {
  arbMatrix,
  checkLinear,
  checkMaterialise,
  checkSolve,
  checkTranspose,
  laws,
  OperatorLawError,
} from "@cotangent/linsolve/testing";
import {
  compose,
  diagonal,
  fromFunction,
  hessian,
  identity,
  jacobian,
  linearSolve,
  matrix,
  scaled,
  sparse,
  sum,
  transpose,
  type LinearOperator,
} from "@cotangent/linsolve";

interface Tree {
  readonly w: Tensor;
  readonly b: readonly [Tensor, Tensor];
}

/** A tree of 2 + 1 + 2 numbers from a vector of 5. */
const like: Tree = { w: zeros([2, 1]), b: [zeros([]), zeros([2])] };
const treeOf = (x: Tensor): Tree => ({
  w: x.slice([0, 2]).reshape([2, 1]),
  b: [x.slice(2), x.slice([3, 5])],
});
const warp = (x: Tree): Tree => ({
  w: x.w.sin().mul(x.b[0]).add(x.w.mul(3)),
  b: [x.w.sum().add(x.b[0].mul(3)), mul(x.b[1], x.b[1]).add(x.w.ravel()).add(x.b[1].mul(4))],
});

/** A matrix in compressed rows, with two entries at every place. */
const compressed = (A: Tensor): Csr => {
  const places = Int32Array.from({ length: 50 }, (_, k) => Math.floor(k / 2));
  return {
    data: A.ravel().take(places).mul(0.5),
    indices: places.map((place) => place % 5),
    indptr: [0, 10, 20, 30, 40, 50],
    shape: [5, 5],
  };
};

/** One line registers an operator: built from a matrix 5 x 5 with condition below 6. */
const operators: readonly { readonly name: string; readonly build: (A: Tensor) => LinearOperator }[] = [
  { name: "matrix", build: (A) => matrix(A) },
  { name: "matrix on trees", build: (A) => matrix<Tree>(A, { like }) },
  { name: "transposed matrix", build: (A) => transpose(matrix(A)) },
  { name: "function", build: (A) => fromFunction((x: Tensor) => matmul(A, x), { shape: [5] }) },
  {
    name: "function with transpose",
    build: (A) =>
      fromFunction((x: Tensor) => matmul(A, x), { shape: [5], transpose: (y: Tensor) => matmul(A.T, y) }),
  },
  {
    name: "function with a false claim of symmetry",
    build: (A) => fromFunction((x: Tensor) => matmul(A, x), { shape: [5], symmetric: true }),
  },
  {
    name: "matrix with a false claim of definiteness",
    build: (A) => matrix(A, { positiveDefinite: true }),
  },
  {
    name: "function of trees",
    build: (A) => {
      const M = matrix<Tree>(A, { like });
      return fromFunction((x: Tree) => M.apply(x), { like });
    },
  },
  { name: "jacobian", build: (A) => jacobian((x: Tensor) => matmul(A, x).add(x.sin()), A.slice(0)) },
  { name: "jacobian on trees", build: (A) => jacobian(warp, treeOf(A.slice(0))) },
  {
    name: "hessian",
    build: (A) => hessian((x: Tensor) => matmul(A, x).square().sum().add(x.cos().sum()), A.slice(0)),
  },
  {
    name: "hessian on trees",
    build: (A) =>
      hessian(
        (x: Tree) => x.w.exp().sum().add(x.b[0].square()).add(x.b[1].square().sum()),
        treeOf(A.slice(0)),
      ),
  },
  { name: "sparse", build: (A) => sparse(compressed(A)) },
  {
    name: "sparse Jacobian",
    build: (A) => sparse(sparseJacobian((x: Tensor) => matmul(A, x).add(x.sin()), A.slice(0))),
  },
  { name: "identity on trees", build: () => identity(like) },
  { name: "diagonal", build: (A) => diagonal(A.slice(0).square().add(1)) },
  { name: "diagonal on trees", build: (A) => diagonal(treeOf(A.slice(0).square().add(1))) },
  { name: "scaled", build: (A) => scaled(-0.5, matrix(A)) },
  { name: "sum", build: (A) => sum(matrix(A), scaled(0.25, identity(A.slice(0))), matrix(A)) },
  {
    name: "sum of functions",
    build: (A) =>
      sum(
        fromFunction((x: Tensor) => matmul(A, x), { shape: [5] }),
        matrix(A),
      ),
  },
  { name: "compose", build: (A) => compose(matrix(A), diagonal(A.slice(0).square().add(1)), matrix(A.T)) },
  {
    name: "transpose of everything",
    build: (A) =>
      transpose(
        sum(
          compose(matrix(A), matrix(A)),
          scaled(
            9,
            jacobian((x: Tensor) => x.exp().add(matmul(A, x)), A.slice(0)),
          ),
        ),
      ),
  },
];

describe.each(operators)("$name", ({ build }) => {
  const all = arbMatrix({ size: 5 }).map(build);
  test("is linear", () => fc.assert(laws.linear(all)));
  test("has the transpose <u, A v> = <A^T u, v>", () => fc.assert(laws.transpose(all)));
  test("has a transpose that transposes back", () =>
    fc.assert(laws.transpose(all.map((A) => A.transpose()))));
  test("has the matrix of its products", () => fc.assert(laws.materialise(all)));
  test("is solved with, and transposed", () => fc.assert(laws.solve(all), { numRuns: 20 }));
  test("is differentiable in what it closes over, twice", () => {
    fc.assert(
      fc.property(arbMatrix({ size: 5 }), fc.nat(), (A, seed) => {
        const f = (M: Tensor): unknown => {
          const operator = build(M);
          const { structure, leaves } = operator.domain;
          const x = tree.unflatten(
            structure,
            leaves.map(({ shape }) => ones(shape)),
          );
          return [operator.apply(x), operator.transpose().apply(x)];
        };
        checkDerivatives(f, [A], { order: 2, directions: 1, seed });
      }),
      { numRuns: 2 },
    );
  });
});

describe("bad input is refused", () => {
  test("matrices", () => {
    expect(() => matrix([1, 2])).toThrow(ShapeError);
    expect(() => matrix([[1, 2]], { like: zeros([3]) })).toThrow(ShapeError);
    expect(() => matrix([[1, 2]]).apply(tensor([1, 2, 3]))).toThrow(TreeError);
  });
  test("functions", () => {
    expect(() => fromFunction((x: Tensor) => x, {})).toThrow(ShapeError);
    expect(() => fromFunction((x: Tensor) => x.sum(), { shape: [2] }).apply(zeros([2]))).toThrow(TreeError);
    const options = { shape: [2], codomainLike: zeros([]), symmetric: true };
    expect(() => fromFunction((x: Tensor) => x.sum(), options)).toThrow(ShapeError);
  });
  test("sparse matrices", () => {
    const good = { data: [1, 2], indices: [0, 1], indptr: [0, 1, 2], shape: [2, 2] as const };
    expect(
      sparse(good)
        .apply(tensor([3, 4]))
        .toArray(),
    ).toEqual([3, 8]);
    expect(() => sparse({ ...good, data: [1] })).toThrow(ShapeError);
    expect(() => sparse({ ...good, indices: [0, 2] })).toThrow(ValueError);
    expect(() => sparse({ ...good, indices: [0, 0.5] })).toThrow(ValueError);
    expect(() => sparse({ ...good, indptr: [0, 2] })).toThrow(ValueError);
    expect(() => sparse(good).apply(tensor([1, 2, 3]))).toThrow(TreeError);
    const none = sparse({ data: [], indices: [], indptr: [0, 0], shape: [1, 3] });
    expect(
      none
        .transpose()
        .apply(tensor([1]))
        .toArray(),
    ).toEqual([0, 0, 0]);
  });
  test("combinations", () => {
    expect(() => sum(matrix([[1]]), identity(zeros([2])))).toThrow(ShapeError);
    expect(() => compose()).toThrow(ShapeError);
    expect(() =>
      compose(
        matrix([[1]]),
        matrix([
          [1, 2],
          [3, 4],
        ]),
      ),
    ).toThrow(ShapeError);
    expect(() => scaled([1, 2], matrix([[1]]))).toThrow(ShapeError);
  });
});

describe("the laws find", () => {
  const A = tensor([
    [1, 2],
    [3, 4],
  ]);
  test("a wrong transpose", () => {
    const wrong = fromFunction((x: Tensor) => matmul(A, x), {
      shape: [2],
      transpose: (y: Tensor) => matmul(A, y),
    });
    expect(() => checkTranspose(wrong, 0)).toThrow(OperatorLawError);
  });
  test("an affine function", () => {
    expect(() =>
      checkLinear(
        fromFunction((x: Tensor) => x.add(1), { shape: [2] }),
        0,
      ),
    ).toThrow(OperatorLawError);
  });
  test("a wrong matrix", () => {
    const wrong = { ...matrix(A), materialise: () => A.T };
    expect(() => checkMaterialise(wrong, 0)).toThrow(OperatorLawError);
  });
  test("a solve with a wrong transpose", () => {
    const wrong = fromFunction((x: Tensor) => matmul(A, x), {
      shape: [2],
      transpose: (y: Tensor) => matmul(A, y),
    });
    expect(() => checkSolve(wrong, 0, { method: "gmres" })).toThrow(OperatorLawError);
  });
});

test("a Jacobian runs its function once, however often it is applied", () => {
  let runs = 0;
  const J = jacobian(
    (x: Tensor) => {
      runs += 1;
      return x.exp();
    },
    zeros([3]),
  );
  linearSolve(J, [1, 2, 3]);
  J.transpose().apply(zeros([3]));
  expect(runs).toBe(1);
});
