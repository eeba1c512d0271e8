import { describe, expect, test } from "@jest/globals";
import { NonScalarError, tree, TreeError } from "@cotangent/autodiff";
import { ShapeError, tensor, ValueError, zeros, type Tensor } from "@cotangent/core-tensor";
import {
  gradientDescent,
  mirrorDescent,
  newton,
  projectedGradient,
  proximalGradient,
} from "@cotangent/solvers";

interface Model {
  w: Tensor;
  b: Tensor;
}
const toTheta = (x: Tensor, theta: Tensor): Tensor => x.sub(theta).square().sum();
const solver = gradientDescent({ fun: toTheta });
const onSimplex = mirrorDescent({ fun: toTheta, geometry: "simplex" });
/** What a caller without types may leave out. */
const missing = undefined as never;

describe("at the door", () => {
  test.each([
    ["NaN in x0", () => solver.run(tensor([0, NaN]), tensor([1, 2])), ValueError, /x0, leaf 0.*NaN/],
    ["infinity in x0", () => solver.run(Infinity, 1), ValueError, /x0.*Infinity/],
    ["integers in x0", () => solver.run(tensor([1, 2], { dtype: "int32" }), 1), ValueError, /int32.*astype/],
    ["NaN in theta", () => solver.run(0, NaN), ValueError, /theta, leaf 0.*NaN/],
    ["x0 that is no tree", () => solver.run("0" as unknown as number, 1), TreeError, /x0.*string/],
    ["theta that is no tree", () => solver.run(0, new Map() as unknown as Tensor), TreeError, /theta.*Map/],
    ["a negative step", () => gradientDescent({ fun: toTheta, stepSize: -1 }), ValueError, /stepSize.*-1/],
    ["a step of NaN", () => gradientDescent({ fun: toTheta, stepSize: NaN }), ValueError, /stepSize.*NaN/],
    ["a tolerance of NaN", () => gradientDescent({ fun: toTheta, tolerance: NaN }), ValueError, /tolerance/],
    [
      "a tolerance that is no number",
      () => gradientDescent({ fun: toTheta, tolerance: "1e-3" as unknown as number }),
      ValueError,
      /tolerance.*1e-3/,
    ],
    [
      "an unknown onFailure",
      () => gradientDescent({ fun: toTheta, onFailure: "ignore" as "return" }),
      ValueError,
      /onFailure.*ignore/,
    ],
    ["no fun", () => newton({ fun: missing }), ValueError, /newton: fun.*undefined/],
    ["no prox", () => proximalGradient({ fun: toTheta, prox: missing }), ValueError, /prox.*undefined/],
    [
      "no projection",
      () => projectedGradient({ fun: toTheta, projection: missing }),
      ValueError,
      /projection.*undefined/,
    ],
    ["a scalar as a simplex", () => onSimplex.run(0.5, 1), ShapeError, /mirrorDescent: x0.*scalar/],
    [
      "a simplex without elements",
      () => onSimplex.run(zeros([2, 0]), 1),
      ShapeError,
      /mirrorDescent: x0.*no elements/,
    ],
    [
      "half an iteration",
      () => gradientDescent({ fun: toTheta, maxIterations: 0.5 }),
      ValueError,
      /maxIterations/,
    ],
    [
      "a schedule that runs out",
      () => gradientDescent({ fun: toTheta, stepSize: (k) => 0.1 * (1 - k) }).run(0, 1),
      ValueError,
      /iteration 1/,
    ],
    [
      "a vector from fun",
      () => gradientDescent({ fun: (x: Tensor) => x.square() }).run(tensor([1, 2])),
      NonScalarError,
      /fun.*\[2\]/,
    ],
    [
      "nothing from fun",
      () => gradientDescent({ fun: () => undefined as unknown as Tensor }).run(1),
      NonScalarError,
      /undefined/,
    ],
    [
      "another shape from prox",
      () => proximalGradient({ fun: (x: Tensor) => x.sum(), prox: () => tensor(1) }).run(tensor([1, 2])),
      TreeError,
      /result of prox/,
    ],
    [
      "an unknown geometry",
      () => mirrorDescent({ fun: (x: Tensor) => x.sum(), geometry: "ball" as "simplex", stepSize: 1 }),
      ValueError,
      /geometry/,
    ],
  ])("%s is refused", (_, run, kind, message) => {
    expect(run).toThrow(kind);
    expect(run).toThrow(message);
  });

  test("an error of fun comes through as it is", () => {
    const mine = new Error("mine");
    const failing = gradientDescent({
      fun: (): Tensor => {
        throw mine;
      },
    });
    expect(() => failing.run(1)).toThrow(mine);
  });

  test("infinite bounds in theta are fine", () => {
    const bounded = projectedGradient({
      fun: (x: Tensor, _bounds: { low: Tensor; high: Tensor }) => x.sub(3).square().sum(),
      projection: (x, { low, high }) => x.clip(low, high),
    });
    expect(bounded.run(0, { low: -Infinity, high: 2 }).x.item()).toBe(2);
    expect(bounded.run(0, { low: -Infinity, high: Infinity }).x.item()).toBeCloseTo(3, 8);
  });
});

describe("shapes of problems", () => {
  test("a scalar, from a number", () => {
    expect(solver.run(0, 2).x.item()).toBeCloseTo(2, 8);
  });

  test("one element", () => {
    expect(solver.run(tensor([0]), tensor([2])).x.shape).toEqual([1]);
  });

  test("no element at all: converged at once", () => {
    const { status, iterations, x } = solver.run(zeros([0]), zeros([0]));
    expect({ status, iterations, shape: x.shape }).toEqual({
      status: "converged",
      iterations: 1,
      shape: [0],
    });
    const projected = projectedGradient({ fun: toTheta, projection: (z) => z }).run(zeros([0]), zeros([0]));
    expect(projected).toMatchObject({ status: "converged", iterations: 1 });
  });

  test("a start at the solution: one update", () => {
    expect(solver.run(tensor([1, 2]), tensor([1, 2]))).toMatchObject({ status: "converged", iterations: 1 });
  });

  test("a tree, from numbers and tensors", () => {
    const fit = gradientDescent({
      fun: (p: Model, theta: { target: Model; unused: Tensor }) =>
        tree.dot(tree.sub(p, theta.target), tree.sub(p, theta.target)),
      tolerance: 1e-12,
    });
    const { x } = fit.run({ w: tensor([0, 0]), b: 0 }, { target: { w: tensor([1, 2]), b: 3 }, unused: 7 });
    expect(
      x.w
        .sub(tensor([1, 2]))
        .norm()
        .item(),
    ).toBeLessThan(1e-12);
    expect(x.b.item()).toBeCloseTo(3, 12);
  });

  test("no parameters", () => {
    expect(
      gradientDescent({ fun: (x: Tensor) => x.sub(1).square() })
        .run(0)
        .x.item(),
    ).toBeCloseTo(1, 8);
  });

  test("float32 stays float32, and stops at its own rounding", () => {
    const fun = (x: Tensor): Tensor =>
      x
        .sub(1 / 3)
        .square()
        .sum();
    const options = { fun, tolerance: 1e-12, onFailure: "return" } as const;
    const x0 = tensor([1, 5], { dtype: "float32" });
    const { x, status } = projectedGradient({ ...options, projection: (z) => z }).run(x0);
    expect(x.dtype).toBe("float32");
    expect(status).toBe("stalled");
    expect(
      x
        .sub(1 / 3)
        .norm()
        .item(),
    ).toBeLessThan(1e-6);
  });
});
