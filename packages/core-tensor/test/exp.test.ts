import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { exp } from "../src/host/functions/exp.js";
import { high, low } from "../src/host/functions/exp-table.js";
import { D, exact } from "./accuracy/reference.js";

/** The next number above x. */
function next(x: number): number {
  const bits = new BigInt64Array(new Float64Array([x]).buffer);
  bits[0]! += x >= 0 ? 1n : -1n;
  return new Float64Array(bits.buffer)[0]!;
}

describe("the table of exp", () => {
  test("has the powers 2^(j/256), correctly rounded, and what they lack to 32 digits", () => {
    high.forEach((power, j) => {
      const right = new D(2).pow(new D(j).div(256));
      expect(power).toBe(right.toNumber());
      expect(exact(power).plus(exact(low[j]!)).minus(right).abs().lt(1e-31)).toBe(true);
    });
  });
});

describe("exp", () => {
  test("is exact where it can be, and e is e", () => {
    expect([exp(0), exp(-0), exp(1), exp(-Infinity), exp(Infinity)]).toEqual([1, 1, Math.E, 0, Infinity]);
    expect(exp(NaN)).toBeNaN();
  });

  test("ends at the largest and the smallest number", () => {
    expect(exp(709.782712893384)).toBe(1.7976931348622732e308);
    expect(exp(709.7827128933841)).toBe(Infinity);
    expect(exp(-745.1332191019411)).toBe(5e-324);
    expect(exp(-745.1332191019412)).toBe(0);
  });

  test("never falls from one number to the next", () => {
    const x = fc.oneof(
      fc.double({ min: -745, max: 709.7, noNaN: true }),
      fc.double({ min: -0.01, max: 0.01, noNaN: true }),
    );
    fc.assert(fc.property(x, (x) => exp(next(x)) >= exp(x)));
    // Where the entry of the table changes.
    const falls: number[] = [];
    for (let n = -4000; n < 4000; n++) {
      let x = ((n + 0.5) * Math.LN2) / 256 - 2e-13;
      for (let i = 0; i < 20; i++, x += 2e-14) if (!(exp(x + 2e-14) >= exp(x))) falls.push(x);
    }
    expect(falls).toEqual([]);
  });
});
