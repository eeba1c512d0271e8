import { describe, expect, test } from "@jest/globals";
import { jacfwd, jacrev } from "@cotangent/autodiff";
import { softplus, tensor, type Tensor } from "@cotangent/core-tensor";
import {
  gradientDescent,
  mirrorDescent,
  projectedGradient,
  projection,
  proximalGradient,
} from "@cotangent/solvers";
import { relativeError } from "./relative-error.js";

const A = tensor([
  [2, -1, 0.5],
  [0.3, 1.5, -0.7],
  [1, 0.2, 3],
]);
const b = tensor([1, -2, 0.5]);
const start = tensor([0.2, 0.5, 0.3]);
const tight = { tolerance: 1e-13 };

describe("one solution, several conditions: the same derivative", () => {
  const modes = [jacfwd, jacrev];

  test("an unconstrained minimum", () => {
    const fun = (x: Tensor, theta: Tensor): Tensor =>
      softplus(A.matmul(x).sub(theta)).sum().add(x.sub(2).square().sum().div(2));
    const runs = [
      gradientDescent({ fun, ...tight }),
      proximalGradient({ fun, prox: (x) => x, ...tight }),
      projectedGradient({ fun, projection: (x) => x, ...tight }),
      projectedGradient({ fun, projection: (x) => projection.l2Ball(x, 100), ...tight }),
      mirrorDescent({ fun, geometry: { mirrorMap: (x) => x, projection: (z) => z }, ...tight }),
      mirrorDescent({ fun, geometry: "orthant", tolerance: 1e-12 }),
    ];
    const [first, ...others] = runs.flatMap((solver) =>
      modes.map((mode) => mode((theta: Tensor) => solver.run(start, theta).x)(b)),
    );
    for (const other of others) expect(relativeError(other, first!)).toBeLessThan(1e-7);
  });

  test("a minimum on the simplex, with one element at zero", () => {
    const fun = (x: Tensor, theta: Tensor): Tensor => A.matmul(x).sub(theta).square().sum().div(2);
    const runs = [
      projectedGradient({ fun, projection: (x) => projection.simplex(x), ...tight }),
      proximalGradient({ fun, prox: (x) => projection.simplex(x), ...tight }),
      mirrorDescent({ fun, geometry: "simplex", ...tight }),
    ];
    const solutions = runs.map((solver) => solver.run(start, b).x);
    expect(solutions[0]!.toTypedArray().filter((value) => value === 0)).toHaveLength(1);
    for (const solution of solutions) expect(relativeError(solution, solutions[0]!)).toBeLessThan(1e-10);
    const [first, ...others] = runs.flatMap((solver) =>
      modes.map((mode) => mode((theta: Tensor) => solver.run(start, theta).x)(b)),
    );
    for (const other of others) expect(relativeError(other, first!)).toBeLessThan(1e-7);
  });
});
