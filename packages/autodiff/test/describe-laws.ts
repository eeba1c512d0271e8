import { describe, test } from "@jest/globals";
import fc from "fast-check";
import type { Tensor } from "@cotangent/core-tensor";
import { laws } from "@cotangent/autodiff/testing";
import { checkHessianModes } from "./hessian-modes.js";
import { runs } from "./runs.js";

type Operation = (...xs: Tensor[]) => unknown;

/** A name, a smooth function of tensors, and arguments away from its kinks. */
export type OperationCase = [string, Operation, fc.Arbitrary<Tensor[]>];

/** All laws of derivatives, in both modes and to second order, for every operation of a table. */
export function describeLaws(operations: readonly OperationCase[]): void {
  describe.each(operations)("%s", (_, f, args) => {
    const cases = runs(4, 30);
    test("jvpTaylor", () => fc.assert(laws.jvpTaylor(f, args), cases));
    test("jvpTaylor of order 2", () => fc.assert(laws.jvpTaylor(f, args, { order: 2 }), cases));
    test("jvpTaylor of order 2 in reverse", () =>
      fc.assert(laws.jvpTaylor(f, args, { order: 2, mode: "reverse" }), cases));
    test("adjoint", () => fc.assert(laws.adjoint(f, args), cases));
    test("linear", () => fc.assert(laws.linear(f, args), cases));
    test("four Hessians", () =>
      fc.assert(
        fc.property(args, (xs) => {
          checkHessianModes(f, xs);
        }),
        runs(2, 6),
      ));
    test("symmetricHessian", () => fc.assert(laws.symmetricHessian(f, args), cases));
  });
}
