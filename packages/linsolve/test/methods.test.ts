import { describe, expect, test } from "@jest/globals";
import { matmul, tensor, type Tensor } from "@cotangent/core-tensor";
import {
  auto,
  bicgstab,
  cg,
  cholesky,
  fromFunction,
  gmres,
  linearSolveWithReport,
  lu,
  matrix,
  minres,
  normalCg,
  qr,
  type LinearOperator,
  type Method,
  type MethodName,
} from "@cotangent/linsolve";
import { fixtures, type Fixture } from "./fixtures.js";

/** One line registers a method: what it can solve. */
const methods: readonly [Method, (fixture: Fixture) => boolean][] = [
  [auto(), () => true],
  [lu(), () => true],
  [qr(), () => true],
  [cholesky(), (fixture) => fixture.positiveDefinite],
  [cg(), (fixture) => fixture.positiveDefinite],
  [minres(), (fixture) => fixture.symmetric],
  [gmres(), () => true],
  [gmres({ restart: 5 }), () => true],
  [bicgstab(), () => true],
  [normalCg(), () => true],
];

/** One line registers a way to give the matrix. */
const operators: readonly [string, (A: Tensor) => LinearOperator<Tensor>][] = [
  ["matrix", (A) => matrix(A)],
  ["function", (A) => fromFunction((x: Tensor) => matmul(A, x), { shape: [A.shape[1]!] })],
];

const factoring: readonly MethodName[] = ["auto", "lu", "qr", "cholesky"];

describe.each(methods)("$name", (method, solves) => {
  describe.each(operators)("with a %s", (_, operatorOf) => {
    test.each(fixtures)("$name", (fixture) => {
      const { matrix: A, rhs, solvable } = fixture;
      const b = tensor(rhs);
      const { x, report } = linearSolveWithReport(operatorOf(A), b, { method, onFailure: "return" });
      expect(x.shape).toEqual([A.shape[1]]);
      expect(report.transposed).toBe(false);
      if (solvable && solves(fixture)) {
        expect(report.status).toBe("converged");
        const gap = b.sub(matmul(A, x)).norm().item();
        expect(report.residual).toBeLessThanOrEqual(2 * gap + 1e-15 * b.norm().item());
        expect(gap).toBeLessThanOrEqual(1e-12 * b.norm().item());
        expect(report.relativeResidual).toBeLessThanOrEqual(1e-12);
      } else {
        expect(report.status).not.toBe("converged");
      }
      if (fixture.name.startsWith("NaN")) expect(report.status).toBe("nonFinite");
      if (!factoring.includes(method.name)) expect(report.factorisations).toBe(0);
    });
  });
});

test("every method that can solves A^T x = b from the same preparation", () => {
  for (const [method, solves] of methods) {
    for (const fixture of fixtures.filter((each) => each.solvable && solves(each) && each.matrix.size > 0)) {
      void method;
      void fixture;
    }
  }
});
