import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { bind, isFloat, ones, withTrace, zerosLike, type Tensor } from "@cotangent/core-tensor";
import { jvp, linearize, tree } from "@cotangent/autodiff";
import { checkAdjoint } from "../src/testing/check-adjoint.js";
import { checkLinear } from "../src/testing/check-linear.js";
import { checkSymmetric } from "../src/testing/check-symmetric.js";
import { checkTaylor } from "../src/testing/check-taylor.js";
import { randomDirection, randomFrom } from "../src/testing/directions.js";
import {
  innerProduct,
  numbersOf,
  problemOf,
  productSize,
  tensorsOf,
  type Problem,
} from "../src/testing/problem.js";
import { agree, measured } from "../src/testing/rounding.js";
import { LinearTrace } from "../src/tape/linear-trace.js";
import { Tape } from "../src/tape/tape.js";
import { linearOperands } from "./linear-operands.js";
import { primitiveMatrix, type Application } from "./primitive-matrix.js";

const rows = Object.entries(primitiveMatrix);
const smooth = rows.filter(([, { derivative }]) => derivative === "smooth");
const constant = rows.filter(([, { derivative }]) => derivative === "constant");
const runs = { numRuns: 400 };

describe.each(smooth)("%s", (_, { applications }) => {
  const law = (name: string, check: (problem: Problem, seed: number) => void) => {
    test(name, () => {
      fc.assert(
        fc.property(applications, fc.nat(), ({ run, free }, seed) => check(problemOf(run, free), seed)),
        runs,
      );
    });
  };
  law("jvpTaylor", (problem, seed) => checkTaylor(problem, { order: 1, mode: "forward", seed }));
  law("jvpTaylor in reverse", (problem, seed) => checkTaylor(problem, { order: 1, mode: "reverse", seed }));
  law("jvpTaylor of order 2", (problem, seed) => checkTaylor(problem, { order: 2, mode: "forward", seed }));
  law("jvpTaylor of order 2 in reverse", (problem, seed) =>
    checkTaylor(problem, { order: 2, mode: "reverse", seed }),
  );
  law("adjoint", checkAdjoint);
  law("linear", checkLinear);
  law("symmetricHessian", (problem, seed) => checkSymmetric(problem, ["forward", "reverse"], seed));

  test("a tape played forwards is the jvp", () => {
    fc.assert(
      fc.property(applications, fc.nat(), ({ run, free }, seed) => {
        const { xs, f } = problemOf(run, free);
        const v = tensorsOf(randomDirection(xs, randomFrom(seed)), xs);
        const forward = numbersOf(jvp(f, [xs], [v]).tangent);
        const played = numbersOf(linearize(f, xs).pushforward(v));
        const largest = forward.reduce((m, t) => Math.max(m, Math.abs(t)), 0);
        forward.forEach((t, i) =>
          expect(Math.abs(t - played[i]!)).toBeLessThanOrEqual(64 * 2 ** -52 * largest),
        );
      }),
      runs,
    );
  });

  test("float32 stays float32", () => {
    fc.assert(
      fc.property(applications, ({ run, free }) => {
        const xs = free.map((x) => (isFloat(x.dtype) ? x.astype("float32") : x));
        const { f, xs: floats } = problemOf(run, xs);
        const { value, tangent } = jvp(f, [floats], [floats]);
        expect(tangent.map(({ dtype }) => dtype)).toEqual(value.map(({ dtype }) => dtype));
        expect(tangent.map(({ shape }) => shape)).toEqual(value.map(({ shape }) => shape));
        const [cotangents] = linearize(f, floats).pullback(value);
        expect(cotangents.map(({ dtype }) => dtype)).toEqual(floats.map(() => "float32"));
        expect(cotangents.map(({ shape }) => shape)).toEqual(floats.map(({ shape }) => shape));
      }),
      runs,
    );
  });
});

test.each(constant)("the derivative of %s is zero", (_, { applications }) => {
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
});

describe("the transpose rule of", () => {
  test.each(Object.entries(linearOperands))("%s", (name, { sets, additive }) => {
    const { primitive, applications } = primitiveMatrix[name as keyof typeof linearOperands];
    fc.assert(
      fc.property(applications, fc.nat(), ({ inputs, params }, seed) => {
        for (const set of sets === "all"
          ? [inputs.keys(), ...inputs.keys()].map((k) => (typeof k === "number" ? [k] : [...k]))
          : sets) {
          const held = inputs.map((x, i) =>
            additive === true && isFloat(x.dtype) && !set.includes(i) ? zerosLike(x) : x,
          );
          const map = tapeOf((xs) => bind(primitive, xs, params), held, set);
          checkTransposed(
            map,
            set.map((i) => inputs[i]!),
            seed,
          );
        }
      }),
      { numRuns: 1000 },
    );
  });
});

/** A linear operation as a tape of one line. */
function tapeOf(
  f: (inputs: readonly Tensor[]) => readonly Tensor[],
  inputs: Application["inputs"],
  operands: readonly number[],
): Tape {
  return withTrace(
    (level) => new LinearTrace(level),
    (trace) => {
      const variables = new Map(operands.map((i) => [i, trace.variable(inputs[i]!)]));
      const outputs = f(inputs.map((x, i) => variables.get(i) ?? x));
      const ends = (xs: Iterable<Tensor>) =>
        Array.from(xs, (x) => ({ shape: x.shape, dtype: x.dtype, variable: trace.idOf(x) }));
      return new Tape(trace.equations, ends(variables.values()), ends(outputs));
    },
  );
}

/** <u, A v> = <A^T u, v> */
function checkTransposed(tape: Tape, like: readonly Tensor[], seed: number): void {
  const random = randomFrom(seed);
  const v = randomDirection(like, random);
  const values = tape.forward(tensorsOf(v, like));
  const u = randomDirection(values, random);
  const back = tape.backward(tensorsOf(u, values));
  expect(back.map(({ shape, dtype }) => [shape, dtype])).toEqual(
    like.map(({ shape, dtype }) => [shape, dtype]),
  );
  const forward = measured(v, (d) => innerProduct(u, numbersOf(tape.forward(tensorsOf(d, like)))));
  const reverse = measured(u, (d) => innerProduct(v, numbersOf(tape.backward(tensorsOf(d, values)))));
  const epsilon = [...like, ...values].some(({ dtype }) => dtype === "float32") ? 2 ** -23 : 2 ** -52;
  const size = productSize(u, numbersOf(values)) + productSize(v, numbersOf(back));
  expect({ forward, reverse, agree: agree(forward, reverse, epsilon * size) }).toMatchObject({ agree: true });
}
