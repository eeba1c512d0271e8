import { test } from "@jest/globals";
import fc from "fast-check";
import { arbProgram } from "./programs/arb-program.js";
import { checkProgram } from "./programs/check-program.js";

test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
  "1000 random programs, part %d",
  (seed) => {
    fc.assert(fc.property(arbProgram(), fc.nat(), checkProgram), { numRuns: 1000, seed });
  },
  300_000,
);
