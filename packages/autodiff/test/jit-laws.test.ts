import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { isFloat, type PrimitiveName, type Tensor } from "@cotangent/core-tensor";
import { jit, jvp, linearize, vmap } from "@cotangent/autodiff";
import { checkJit, sameBits } from "../src/testing/check-jit.js";
import { batchLike } from "./batch-cases.js";
import { linalgBatch } from "../src/rules/batch/linalg.js";
import { primitiveMatrix, type Application } from "./primitive-matrix.js";

type Function = (...xs: readonly Tensor[]) => readonly Tensor[];

const names = Object.keys(primitiveMatrix) as PrimitiveName[];

/** Value, tangent and cotangents of f, as a function of all of its operands. */
const derivatives =
  (f: Function): Function =>
  (...xs) => {
    const own = xs.filter((x) => isFloat(x.dtype));
    const along = (...ys: readonly Tensor[]) => {
      let next = 0;
      return f(...xs.map((x) => (isFloat(x.dtype) ? ys[next++]! : x))).filter((y) => isFloat(y.dtype));
    };
    const { value, tangent } = jvp(
      along,
      own,
      own.map((x) => x.mul(0.5)),
    );
    return [...value, ...tangent, ...linearize(along, ...own).pullback(value)];
  };

const expectSameBits = (found: readonly Tensor[], expected: readonly Tensor[]) => {
  expect(found.length).toBe(expected.length);
  found.forEach((x, i) => {
    expect({ x: x.toString(), same: sameBits(x, expected[i]!) }).toEqual({
      x: expected[i]!.toString(),
      same: true,
    });
  });
};

const expectClose = (found: readonly Tensor[], expected: readonly Tensor[]) => {
  expect(found.map(({ shape, dtype }) => [shape, dtype])).toEqual(
    expected.map(({ shape, dtype }) => [shape, dtype]),
  );
  const numbers = expected.map((x) => Array.from(x.toTypedArray()));
  const largest = numbers.flat().reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  found.forEach((x, i) =>
    x.toTypedArray().forEach((value, k) => {
      expect(Math.abs(value - numbers[i]![k]!)).toBeLessThanOrEqual(1e-12 * largest);
    }),
  );
};

describe.each(names)("%s", (name) => {
  const { applications, derivative } = primitiveMatrix[name];
  const law = (title: string, check: (application: Application) => void, numRuns = 6) => {
    test(title, () => {
      fc.assert(fc.property(applications, check), { numRuns });
    });
  };
  law("jit", ({ run, free }) => {
    checkJit(run, free);
  });
  law("jit of a batch, a batch of jit", ({ run, free }) => {
    const inPlace = Object.hasOwn(linalgBatch, name);
    const args = free.map((x) => batchLike(x, 2, 0, inPlace));
    checkJit(vmap(run), args);
    expectSameBits(vmap(jit(run))(...args), vmap(run)(...args));
  });
  if (derivative === "constant") return;
  law("jit of derivatives", ({ run, free }) => {
    checkJit(derivatives(run), free);
  });
  law("derivatives of jit", ({ run, free }) => {
    // The tangent of an expression in one pass, and its factors on a tape, differ in the order of their products.
    const agree = name === "fused" ? expectClose : expectSameBits;
    agree(derivatives(jit(run))(...free), derivatives(run)(...free));
  });
  law(
    "jit of second derivatives",
    ({ run, free }) => {
      checkJit(derivatives(derivatives(run)), free);
    },
    4,
  );
  law(
    "second derivatives of jit agree to rounding: cotangents are added up in another order",
    ({ run, free }) => {
      const expected = derivatives(derivatives(run))(...free);
      expectClose(derivatives(derivatives(jit(run)))(...free), expected);
      expectClose(derivatives(jit(derivatives(run)))(...free), expected);
      expectClose(jit(derivatives(jit(derivatives(run))))(...free), expected);
    },
    2,
  );
});
