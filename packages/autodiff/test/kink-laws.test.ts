import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { bindOne, primitives, sizeOf, tensor, type Primitive, type Tensor } from "@cotangent/core-tensor";
import { kink, type Kink } from "./kinks/kink.js";
import { measure, type Measured } from "./kinks/measure.js";
import { inHull, oneSidedSlopes } from "./kinks/one-sided.js";
import { operationKinks } from "./kinks/operation-kinks.js";
import { primitiveKinks } from "./kinks/primitive-kinks.js";

const kinks = [
  ...Object.values(primitiveKinks).flatMap((known) => (typeof known === "string" ? [] : known)),
  ...operationKinks,
];

/** At -0 the sign of an infinite slope may be that of 1 / -0: as approached from where sqrt and log have no values. */
const allowed = (slope: number, at: Kink["at"]) =>
  Object.is(at, -0) && !Number.isFinite(slope) ? [slope, -slope] : [slope];

function expectConvention({ value, below, above, ...found }: Measured, { at }: Kink): void {
  const { forward, reverse, taylor, batched = forward } = found;
  const close = (x: number) => (Number.isFinite(forward) ? expect.closeTo(x, 10) : x) as number;
  expect({ reverse, taylor, batched }).toEqual({
    reverse: close(forward),
    taylor: close(forward),
    batched: close(forward),
  });
  const sides = [below, above].filter((slope) => slope !== undefined);
  if (Number.isNaN(forward)) expect(Number.isFinite(value) && sides.length > 0).toBe(false);
  else {
    const inside = allowed(forward, at).some((slope) => inHull(slope, sides));
    expect({ forward, below, above, inside }).toMatchObject({ inside: true });
  }
}

describe("at a kink all modes agree, on a value between the one-sided derivatives:", () => {
  test.each(kinks.map((k): [string, Kink] => [`${k.call} at ${String(tensor(k.at))}`, k]))(
    "%s",
    (_, found) => {
      expectConvention(measure(found), found);
      if (found.onlyAlong === true) return;
      const { shape } = tensor(found.at);
      const step = fc.integer({ min: -8, max: 8 }).filter((n) => n !== 0);
      const directions = fc.array(step, { minLength: sizeOf(shape), maxLength: sizeOf(shape) });
      fc.assert(
        fc.property(directions, (v) => {
          expectConvention(
            measure(
              found,
              tensor(
                Float64Array.from(v, (n) => n / 4),
                { shape },
              ),
            ),
            found,
          );
        }),
        { numRuns: shape.length === 0 ? 3 : 10 },
      );
    },
  );
});

describe("on a grid of kinks, along every operand:", () => {
  const grid = [-2, -1, -0.5, -0, 0, 0.5, 1, 2];
  const params = { polygamma: { order: 0 } };
  const arities: Partial<Record<string, number>> = {
    where: 0,
    erf: 1,
    erfc: 1,
    erfinv: 1,
    lgamma: 1,
    polygamma: 1,
  };
  const all: [string, object][] = Object.entries(primitives);
  const elementwise = all.flatMap(([name, primitive]) => {
    const arity = arities[name] ?? ("arity" in primitive ? (primitive.arity as number) : 0);
    const free = (arity === 1 ? [[]] : grid.map((other) => [other])).flatMap((others) =>
      Array.from({ length: arity }, (_, operand) => ({ others, operand })),
    );
    return free.length === 0 ? [] : [{ name, primitive: primitive as Primitive, free }];
  });

  test.each(elementwise.map((row) => [row.name, row] as const))("%s", (name, { primitive, free }) => {
    for (const { others, operand } of free) {
      const f = (x: Tensor): Tensor => {
        const inputs = others.map((other) => tensor(other));
        inputs.splice(operand, 0, x);
        return bindOne(
          primitive,
          inputs,
          Object.hasOwn(params, name) ? params[name as keyof typeof params] : {},
        ).astype("float64");
      };
      for (const at of grid) {
        if (Number.isNaN(f(tensor(at)).item())) continue;
        const found = kink(name, f, at, "");
        const measured = measure(found);
        expectConvention(measured, found);
        if (primitiveKinks[name as keyof typeof primitiveKinks] !== "smooth") continue;
        const { below, above } = measured;
        expect({ others, at, below }).toEqual({ others, at, below: expect.closeTo(above!, 3) as unknown });
      }
    }
  });

  test("has all of them", () => {
    expect(elementwise.length).toBeGreaterThan(45);
  });
});

describe("one-sided slopes", () => {
  const cases: [string, (t: number) => number, number | undefined, number | undefined][] = [
    ["of |t|", Math.abs, -1, 1],
    ["of a jump", (t) => (t > 0 ? 1 + 2 * t : 3 * t), 3, 2],
    ["of the root", Math.sqrt, undefined, Infinity],
    ["of the cube root", Math.cbrt, Infinity, Infinity],
    ["of |t|^1.5", (t) => Math.abs(t) ** 1.5, 0, 0],
    ["of a curve", (t) => Math.sin(t) + 5, 1, 1],
    ["of 1 / t", (t) => 1 / t, -Infinity, -Infinity],
  ];
  test.each(cases)("%s", (_, f, below, above) => {
    expect(oneSidedSlopes(f)).toEqual({ below, above });
  });
  test("refuse what has no limit", () => {
    expect(() => oneSidedSlopes((t) => t * Math.sin(Math.log(Math.abs(t))))).toThrow("have no limit");
  });
  test("the hull is closed, may be infinite, and contains nothing else", () => {
    expect([0, 0.5, 1].map((d) => inHull(d, [1, 0]))).toEqual([true, true, true]);
    expect([-0.01, 1.01, NaN, Infinity].map((d) => inHull(d, [0, 1]))).toEqual([false, false, false, false]);
    expect([Infinity, 2, -1].map((d) => inHull(d, [0, Infinity]))).toEqual([true, true, false]);
    expect(inHull(7, [Infinity, undefined])).toBe(false);
  });
});
