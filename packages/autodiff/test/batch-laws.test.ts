import { describe, test } from "@jest/globals";
import type { PrimitiveName } from "@cotangent/core-tensor";
import { batchDerivativeLaws, batchLaws } from "./primitive-laws/batches.js";
import { primitiveMatrix } from "./primitive-matrix.js";
import { runs } from "./runs.js";

describe.each(Object.keys(primitiveMatrix) as PrimitiveName[])("%s", (name) => {
  const smooth = primitiveMatrix[name].derivative === "smooth";
  test.each([...batchLaws, ...(smooth ? batchDerivativeLaws : [])])("$title", ({ check }) => {
    check(name, runs(7, 60));
  });
});
