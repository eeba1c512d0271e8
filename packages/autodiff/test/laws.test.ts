import { describe, test } from "@jest/globals";
import type { PrimitiveName } from "@cotangent/core-tensor";
import { derivativeLaws, zeroLaw } from "./primitive-laws/derivatives.js";
import { linearPrimitives, transposeLaw } from "./primitive-laws/transposes.js";
import { primitiveMatrix } from "./primitive-matrix.js";
import { runs } from "./runs.js";

const names = Object.keys(primitiveMatrix) as PrimitiveName[];
const smooth = names.filter((name) => primitiveMatrix[name].derivative === "smooth");
const constant = names.filter((name) => primitiveMatrix[name].derivative === "constant");
const cases = runs(7, 60);

describe.each(smooth)("%s", (name) => {
  test.each(derivativeLaws)("$title", ({ check }) => {
    check(name, cases);
  });
});

test.each(constant)("the derivative of %s is zero", (name) => {
  zeroLaw.check(name, cases);
});

test.each(linearPrimitives)("the transpose rule of %s", (name) => {
  transposeLaw.check(name, runs(40, 200));
});
