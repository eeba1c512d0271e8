import { describe, expect, test } from "@jest/globals";
import { cases } from "./accuracy/cases.js";
import { worst } from "./accuracy/measure.js";

// Against decimal.js with 60 digits; accuracy.deep.test.ts tries more points.
describe("within the stated number of ulp", () => {
  test.each(Object.entries(cases))("%s", (name, tried) => {
    const measured = worst(name, tried, 12);
    expect({ ...measured, within: measured.error <= tried.ulp }).toMatchObject({ within: true });
  });
});
