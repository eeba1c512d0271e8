import { describe, expect, test } from "@jest/globals";
import { matmul, tensor, type Tensor } from "@cotangent/core-tensor";
import { vjp } from "@cotangent/autodiff";
import {
  auto,
  bicgstab,
  cg,
  cholesky,
  fromFunction,
  gmres,
  linearSolve,
  linearSolveWithReport,
  lu,
  matrix,
  minres,
  normalCg,
  qr,
  type LinearOperator,
  type Method,
  type SolveReport,
} from "@cotangent/linsolve";
import { fixtures, numbers, type Fixture } from "./fixtures.js";

interface MethodCase {
  readonly name: string;
  readonly method: Method;
  /** Which solvable fixtures it is for. */
  readonly solves: (fixture: Fixture) => boolean;
  readonly factorisations: number;
}

/** One line registers a method in the whole matrix. */
const methods: readonly MethodCase[] = [
  { name: "lu", method: lu(), solves: () => true, factorisations: 1 },
  { name: "qr", method: qr(), solves: () => true, factorisations: 1 },
  { name: "cholesky", method: cholesky(), solves: (f) => f.positiveDefinite, factorisations: 1 },
  { name: "cg", method: cg(), solves: (f) => f.positiveDefinite, factorisations: 0 },
  { name: "minres", method: minres(), solves: (f) => f.symmetric, factorisations: 0 },
  { name: "gmres", method: gmres(), solves: () => true, factorisations: 0 },
  { name: "gmres(7)", method: gmres({ restart: 7 }), solves: () => true, factorisations: 0 },
  { name: "bicgstab", method: bicgstab(), solves: () => true, factorisations: 0 },
  { name: "normalCg", method: normalCg(), solves: () => true, factorisations: 0 },
  // A symmetric matrix that is not positive definite is found out by a factorisation that stops.
  { name: "auto", method: auto(), solves: () => true, factorisations: 2 },
];

interface OperatorCase {
  readonly name: string;
  readonly operatorOf: (A: Tensor) => LinearOperator<Tensor>;
}

/** One line registers a way to give the matrix. */
const operators: readonly OperatorCase[] = [
  { name: "matrix", operatorOf: (A) => matrix(A) },
  {
    name: "function",
    operatorOf: (A) => fromFunction((x: Tensor) => matmul(A, x), { shape: [A.shape[1]!] }),
  },
];

describe.each(methods)("$name", ({ method, solves, factorisations }) => {
  describe.each(operators)("of a $name", ({ operatorOf }) => {
    test.each(fixtures)("$name", (fixture) => {
      const { matrix: A, rhs, solvable } = fixture;
      const b = tensor(rhs);
      const { x, report } = linearSolveWithReport(operatorOf(A), b, { method, onFailure: "return" });
      expect(x.shape).toEqual([A.shape[1]]);
      expect(report.transposed).toBe(false);
      expect(report.factorisations).toBeLessThanOrEqual(factorisations);
      if (!solvable || !solves(fixture)) {
        expect(report.status).not.toBe("converged");
        if (fixture.name.startsWith("NaN")) expect(report.status).toBe("nonFinite");
        return;
      }
      expect(report.status).toBe("converged");
      const size = b.norm().item();
      const gap = b.sub(matmul(A, x)).norm().item();
      expect(gap).toBeLessThanOrEqual(1e-12 * size);
      expect(Math.abs(report.residual - gap)).toBeLessThanOrEqual(1e-14 * size);
      expect(report.relativeResidual).toBeLessThanOrEqual(1e-12);
    });

    test.each(fixtures.filter((fixture) => fixture.solvable && solves(fixture)))(
      "transposed, from the same preparation: $name",
      ({ matrix: A, rhs, condition }) => {
        const reports: SolveReport[] = [];
        const onReport = (report: SolveReport) => reports.push(report);
        const operator = operatorOf(A);
        const { pullback } = vjp((b: Tensor) => linearSolve(operator, b, { method, onReport }), tensor(rhs));
        const first = reports.reduce((total, report) => total + report.factorisations, 0);
        for (const seed of [11, 12]) {
          const c = tensor(numbers(rhs.length, seed));
          const y = pullback(c)[0];
          const gap = c.sub(matmul(A.T, y)).norm().item();
          expect(gap).toBeLessThanOrEqual(1e-12 * condition * c.norm().item());
        }
        expect(reports.reduce((total, report) => total + report.factorisations, 0)).toBe(first);
        expect(reports.map((report) => report.transposed)).toEqual([false, true, true]);
      },
    );
  });
});
