import { expect } from "@jest/globals";
import fc from "fast-check";
import { isFloat, ones, type Tensor } from "@cotangent/core-tensor";
import { jvp, linearize, tree } from "@cotangent/autodiff";
import { checkAdjoint } from "../../src/testing/check-adjoint.js";
import { checkDTypes } from "../../src/testing/check-dtypes.js";
import { checkLinear } from "../../src/testing/check-linear.js";
import { checkSymmetric } from "../../src/testing/check-symmetric.js";
import { checkTaylor } from "../../src/testing/check-taylor.js";
import { numbersOf, problemOf, type Problem } from "../../src/testing/problem.js";
import { primitiveMatrix, type Application } from "../primitive-matrix.js";
import { bent } from "./bent.js";
import type { PrimitiveLaw } from "./law.js";

type Check = (problem: Problem, seed: number) => void;

const law = (
  title: string,
  check: Check,
  of: (application: Application) => Application["run"] = ({ run }) => run,
): PrimitiveLaw => ({
  title,
  check: (primitive, runs) => {
    const { applications } = primitiveMatrix[primitive];
    fc.assert(
      fc.property(applications, fc.nat(), (application, seed) => {
        check(problemOf(of(application), application.free), seed);
      }),
      runs,
    );
  },
});

const secondOrder = (title: string, check: Check) => law(title, check, bent);

/** Of an operation with several operands, with respect to some: the others have no tangents at all. */
const held: PrimitiveLaw = {
  title: "jvpTaylor, adjoint and dtypes while some operands are held",
  check: (primitive, runs) => {
    const { applications } = primitiveMatrix[primitive];
    fc.assert(
      fc.property(applications, fc.nat(), fc.nat(), ({ run, free }, mask, seed) => {
        const isHeld = (i: number) => ((mask >> i) & 1) === 1;
        const some = (...xs: readonly Tensor[]) => run(...xs.map((x, i) => (isHeld(i) ? free[i]! : x)));
        const problem = problemOf(some, free);
        checkDTypes(problem, seed);
        checkTaylor(problem, { order: 1, mode: "forward", seed });
        checkAdjoint(problem, seed);
      }),
      runs,
    );
  },
};

const float32: PrimitiveLaw = {
  title: "dtypes in float32",
  check: (primitive, runs) => {
    const { applications } = primitiveMatrix[primitive];
    fc.assert(
      fc.property(applications, fc.nat(), ({ run, free }, seed) => {
        const coarse = free.map((x) => (isFloat(x.dtype) ? x.astype("float32") : x));
        checkDTypes(problemOf(run, coarse), seed);
      }),
      runs,
    );
  },
};

/** For primitives that are smooth on their line of the matrix. */
export const derivativeLaws: readonly PrimitiveLaw[] = [
  law("jvpTaylor", (problem, seed) => {
    checkTaylor(problem, { order: 1, mode: "forward", seed });
  }),
  law("jvpTaylor in reverse", (problem, seed) => {
    checkTaylor(problem, { order: 1, mode: "reverse", seed });
  }),
  secondOrder("jvpTaylor of order 2", (problem, seed) => {
    checkTaylor(problem, { order: 2, mode: "forward", seed });
  }),
  secondOrder("jvpTaylor of order 2 in reverse", (problem, seed) => {
    checkTaylor(problem, { order: 2, mode: "reverse", seed });
  }),
  law("adjoint", checkAdjoint),
  law("linear", checkLinear),
  secondOrder("symmetricHessian", (problem, seed) => {
    checkSymmetric(problem, ["forward", "reverse"], seed);
  }),
  held,
  float32,
];

/** For primitives whose values do not move. */
export const zeroLaw: PrimitiveLaw = {
  title: "the derivative is zero",
  check: (primitive, runs) => {
    const { applications } = primitiveMatrix[primitive];
    fc.assert(
      fc.property(applications, ({ run, free }) => {
        const { value, tangent } = jvp(
          run,
          free,
          free.map((x) => ones(x.shape)),
        );
        expect(tangent.map(({ shape }) => shape)).toEqual(value.map(({ shape }) => shape));
        expect(numbersOf(tangent).every((t) => t === 0)).toBe(true);
        const { pullback } = linearize(run, ...free);
        expect(numbersOf(pullback(tree.onesLike(value))).every((t) => t === 0)).toBe(true);
      }),
      runs,
    );
  },
};
