import { describe, expect, test } from "@jest/globals";
import { cases } from "./accuracy/cases.js";
import { worst } from "./accuracy/measure.js";

// The bounds, and the measurements behind them, are in docs/decisions/0024-elementwise-accuracy.md.
describe("within the stated number of ulp", () => {
  test.each(Object.entries(cases))(
    "%s",
    (name, tried) => {
      const measured = worst(name, tried, 1500);
      expect({ ...measured, within: measured.error <= tried.ulp }).toMatchObject({ within: true });
    },
    120_000,
  );
});
