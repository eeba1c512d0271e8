import { expect } from "@jest/globals";
import fc from "fast-check";
import { isFloat, tensor, type PrimitiveName, type Tensor } from "@cotangent/core-tensor";
import { jet, jvp } from "@cotangent/autodiff";
import { linalgJet } from "../../src/rules/jet/linalg.js";
import { numbersOf } from "../../src/testing/problem.js";
import { primitiveMatrix, type Application } from "../primitive-matrix.js";
import type { PrimitiveLaw } from "./law.js";

/** Of rules that take the derivative of the primitive itself, at 2^K times the cost (`byDerivative`), lower orders do. */
const orderFor = (name: PrimitiveName): number => (Object.hasOwn(linalgJet, name) ? 3 : 5);

/** x + v t + w t^2, through the operands of an application. */
function curveOf({ free, run }: Application): (t: Tensor) => readonly Tensor[] {
  const [v, w] = [free.map((x) => x.mul(0.3).add(0.1)), free.map((x) => x.square().mul(0.05))];
  return (t) =>
    run(...free.map((x, i) => x.add(v[i]!.mul(t)).add(w[i]!.mul(t.square()))))
      .filter((y) => isFloat(y.dtype))
      .map((y) => y.astype("float64"));
}

/** Derivatives of order 1, 2 and 3 along x + v t + w t^2 are those by jvp of jvp of jvp. */
export const jetLaw: PrimitiveLaw = {
  title: "jet equals nested jvp along a curve",
  check: (name, runs) => {
    const { applications, derivative } = primitiveMatrix[name];
    fc.assert(
      fc.property(applications, (application) => {
        const curve = curveOf(application);
        const d = (f: (t: Tensor) => readonly Tensor[]) => (t: Tensor) => jvp(f, [t], [1]).tangent;
        const nested = [d(curve), d(d(curve)), d(d(d(curve)))].map((g) => g(tensor(0)));
        const { value, series } = jet(curve, [0], [[1, 0, 0]]);
        expect(value.map(String)).toEqual(curve(tensor(0)).map(String));
        series.forEach((ys, k) => {
          ys.forEach((y, i) => {
            const [got, expected] = [y.toTypedArray(), nested[k]![i]!.toTypedArray()];
            const scale = Math.max(1, ...nested.flat().flatMap((z) => [...z.toTypedArray()].map(Math.abs)));
            got.forEach((u, j) => {
              const error = Math.abs(u - expected[j]!) / scale;
              if (!(error < 1e-8))
                throw new Error(`${name}, order ${String(k + 1)}: ${String(u)} for ${String(expected[j])}`);
              if (derivative === "constant") expect(u).toBe(0);
            });
          });
        });
      }),
      runs,
    );
  },
};

/** d/ds of derivative k of t -> y(s + t) at t = 0 is derivative k + 1: with the law for the first ones, all orders. */
export const nextCoefficientLaw: PrimitiveLaw = {
  title: "the derivative of a coefficient of jet is the next",
  check: (name, runs) => {
    fc.assert(
      fc.property(primitiveMatrix[name].applications, (application) => {
        const curve = curveOf(application);
        const direction = Array.from({ length: orderFor(name) }, (_, k) => (k === 0 ? 1 : 0));
        const coefficients = (s: Tensor) => jet(curve, [s], [direction]).series;
        const { value, tangent } = jvp(coefficients, [tensor(0)], [1]);
        value.slice(1).forEach((ys, k) => {
          ys.forEach((y, i) => {
            const [next, slope] = [numbersOf([y]), numbersOf([tangent[k]![i]!])];
            const scale = Math.max(1, ...numbersOf(value.flat()).map(Math.abs));
            next.forEach((u, j) => {
              if (Math.abs(u - slope[j]!) <= 1e-8 * scale) return;
              throw new Error(
                `order ${String(k + 2)}: ${String(u)}, but the slope of the one before is ${String(slope[j])}`,
              );
            });
          });
        });
      }),
      runs,
    );
  },
};
