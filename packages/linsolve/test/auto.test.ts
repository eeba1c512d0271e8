import { describe, expect, test } from "@jest/globals";
import { tensor, type Tensor } from "@cotangent/core-tensor";
import { fromFunction } from "@cotangent/linsolve";
import { general, symmetric } from "./fixtures.js";
import { reportOf, vector } from "./report-of.js";

describe("auto", () => {
  const n = 400;
  const tridiagonal = (below: number, on: (i: number) => number, above: number) => {
    const diagonalOf = tensor(Float64Array.from({ length: n }, (_, i) => on(i)));
    return (x: Tensor) =>
      x
        .mul(diagonalOf)
        .add(
          x
            .slice([0, n - 1])
            .mul(below)
            .pad([[1, 0]]),
        )
        .add(
          x
            .slice([1, n])
            .mul(above)
            .pad([[0, 1]]),
        );
  };
  const b = vector(n);
  const large = (apply: (x: Tensor) => Tensor, claims = {}) => fromFunction(apply, { shape: [n], ...claims });

  test("factors up to 300 unknowns", () => {
    expect(reportOf(symmetric(300, false), vector(300)).method).toBe("cholesky");
    expect(reportOf(general(300), vector(300)).method).toBe("lu");
  });
  test("takes cg for what looks positive definite", () => {
    const got = reportOf(large(tridiagonal(-1, () => 3, -1)), b);
    expect(got).toMatchObject({ status: "converged", method: "cg", factorisations: 0 });
    expect(got.because).toMatch(/400 unknowns.*symmetric by a probe/);
  });
  test("takes minres for what is symmetric and shows to be indefinite", () => {
    const got = reportOf(large(tridiagonal(-1, (i) => (i % 2 === 0 ? 3 : -4), -1)), b);
    expect(got).toMatchObject({ status: "converged", method: "minres" });
  });
  test("falls back on minres when cg meets negative curvature, and says so", () => {
    const got = reportOf(
      large(
        tridiagonal(-1, (i) => (i === 7 ? -3 : 3), -1),
        { positiveDefinite: true },
      ),
      b,
    );
    expect(got).toMatchObject({ status: "converged", method: "minres" });
    expect(got.because).toMatch(/cg ended as "breakdown".*A is not positive definite/);
  });
  test("takes gmres for the rest, whatever is claimed", () => {
    const got = reportOf(large(tridiagonal(-1, () => 4, 0.5)), b);
    expect(got).toMatchObject({ status: "converged", method: "gmres" });
    const claimed = reportOf(
      large(
        tridiagonal(-1, () => 4, 0.5),
        { symmetric: true },
      ),
      b,
    );
    expect(claimed).toMatchObject({ status: "converged", method: "gmres" });
    expect(claimed.because).toMatch(/claimed symmetric, but that is refuted: <u, A v> =/);
  });
});
