import { describe, expect, test } from "@jest/globals";
import type { Tensor } from "@cotangent/core-tensor";
import { jacfwd, jacrev } from "@cotangent/autodiff";
import { fixtureProblems } from "./fixture-problems.js";
import { relativeError } from "./relative-error.js";

describe.each(fixtureProblems)("$name", ({ theta, solve, answer, derivative, accuracy }) => {
  test("has the solution of the fixture", () => {
    expect(relativeError(solve(theta), answer)).toBeLessThan(1e-8);
  });

  test.each([
    ["forward", jacfwd],
    ["reverse", jacrev],
  ])("has its derivative in %s mode", (_, jacobian) => {
    const got = jacobian((at: Tensor) => solve(at))(theta);
    expect(relativeError(got, derivative)).toBeLessThan(accuracy);
  });
});
