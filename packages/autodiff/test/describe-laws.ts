import { describe, test } from "@jest/globals";
import fc from "fast-check";
import type { Tensor } from "@cotangent/core-tensor";
import { laws } from "@cotangent/autodiff/testing";
import { checkHessianModes } from "./hessian-modes.js";

type Operation = (...xs: Tensor[]) => unknown;

/** A name, a smooth function of tensors, and arguments away from its kinks. */
export type OperationCase = [string, Operation, fc.Arbitrary<Tensor[]>];

/** All laws of derivatives, in both modes and to second order, for every operation of a table. */
export function describeLaws(operations: readonly OperationCase[]): void {
  describe.each(operations)("%s", (_, f, args) => {
    const runs = { numRuns: 12 };
    test("jvpTaylor", () => fc.assert(laws.jvpTaylor(f, args), runs));
    test("jvpTaylor of order 2", () => fc.assert(laws.jvpTaylor(f, args, { order: 2 }), runs));
    test("jvpTaylor of order 2 in reverse", () =>
      fc.assert(laws.jvpTaylor(f, args, { order: 2, mode: "reverse" }), runs));
    test("adjoint", () => fc.assert(laws.adjoint(f, args), runs));
    test("linear", () => fc.assert(laws.linear(f, args), runs));
    test("four Hessians", () =>
      fc.assert(
        fc.property(args, (xs) => {
          checkHessianModes(f, xs);
        }),
        { numRuns: 3 },
      ));
    test("symmetricHessian", () => fc.assert(laws.symmetricHessian(f, args), runs));
  });
}
