import { expect } from "@jest/globals";
import fc from "fast-check";
import { bind, isFloat, withTrace, zerosLike, type PrimitiveName, type Tensor } from "@cotangent/core-tensor";
import { randomDirection, randomFrom } from "../../src/testing/directions.js";
import { innerProduct, numbersOf, productSize, tensorsOf } from "../../src/testing/problem.js";
import { agree, measured } from "../../src/testing/rounding.js";
import { LinearTrace } from "../../src/tape/linear-trace.js";
import { Tape } from "../../src/tape/tape.js";
import { linearOperands } from "../linear-operands.js";
import { primitiveMatrix, type Application } from "../primitive-matrix.js";
import type { PrimitiveLaw } from "./law.js";

/** <u, A v> = <A^T u, v> for every set of operands that a primitive is linear in. */
export const transposeLaw: PrimitiveLaw = {
  title: "the transpose rule",
  check: (name, runs) => {
    const { primitive, applications } = primitiveMatrix[name];
    const { sets, additive } = linearOperands[name as keyof typeof linearOperands];
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
      runs,
    );
  },
};

/** The primitives that have a transpose rule. */
export const linearPrimitives = Object.keys(linearOperands) as PrimitiveName[];

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
  const epsilon = [...like, ...values].some(({ dtype }) => dtype === "float32") ? 2 ** -23 : 2 ** -52;
  const pushed = (d: Float64Array) => innerProduct(u, numbersOf(tape.forward(tensorsOf(d, like))));
  const pulled = (d: Float64Array) => innerProduct(v, numbersOf(tape.backward(tensorsOf(d, values))));
  const [forward, reverse] = [measured(v, pushed, epsilon), measured(u, pulled, epsilon)];
  const size = productSize(u, numbersOf(values)) + productSize(v, numbersOf(back));
  expect({ forward, reverse, agree: agree(forward, reverse, epsilon * size) }).toMatchObject({ agree: true });
}
