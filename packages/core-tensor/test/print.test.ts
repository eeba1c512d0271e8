import { describe, expect, jest, test } from "@jest/globals";
import fc from "fast-check";
import { inspect } from "node:util";
import { arange, format, print, tensor, ValueError, zeros } from "@cotangent/core-tensor";

/** Floats of every size, whole numbers, and what is neither. */
const arbNumber = fc.oneof(
  fc.double({ noDefaultInfinity: false }),
  fc.double({ min: -1000, max: 1000, noNaN: true }),
  fc.integer({ min: -1000, max: 1000 }),
);

const arbMatrix = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 12 }))
  .chain(([rows, columns]) =>
    fc
      .array(arbNumber, { minLength: rows * columns, maxLength: rows * columns })
      .map((values) => tensor(new Float64Array(values), { shape: [rows, columns] })),
  );

/** The numbers that a text says, in order. */
function numbersIn(text: string): number[] {
  return (text.match(/-?(nan|inf|[\d.]+(e[+-]\d+)?)/g) ?? []).map((word) =>
    Number(word.replace("nan", "NaN").replace("inf", "Infinity")),
  );
}

describe("a text", () => {
  test("says the numbers to the digits asked for", () => {
    fc.assert(
      fc.property(arbMatrix, fc.integer({ min: 1, max: 17 }), (x, precision) => {
        const said = numbersIn(format(x, { precision }));
        const meant = [...x.toTypedArray()];
        expect(said).toHaveLength(meant.length);
        meant.forEach((value, i) => {
          expect(said[i]! + 0).toBe(Number(value.toPrecision(precision)) + 0);
        });
      }),
    );
  });

  test("can be pasted where the numbers are finite", () => {
    const finite = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 });
    fc.assert(
      fc.property(finite, (values) => {
        const pasted = JSON.parse(format(tensor(values), { precision: 17, lineWidth: 40 })) as number[];
        expect(pasted.map((value) => value + 0)).toEqual(values.map((value) => value + 0));
      }),
    );
  });

  test("has commas and points of all rows below each other", () => {
    const places = (line: string, mark: string) =>
      [...line.matchAll(/./g)].filter(([text]) => text === mark).map(({ index }) => index);
    fc.assert(
      fc.property(arbMatrix, (x) => {
        const [first, ...rest] = format(x, { lineWidth: 1000 }).split("\n");
        // The last line ends in a bracket where the others have a comma.
        for (const line of rest)
          expect(places(line, ",").slice(0, x.shape[1]! - 1)).toEqual(
            places(first!, ",").slice(0, x.shape[1]! - 1),
          );
      }),
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 99999 }), fc.boolean()), { minLength: 2 }),
        (column) => {
          // With a fraction everywhere every row has a point.
          const x = tensor(column.map(([size, minus]) => [((minus ? -1 : 1) * (2 * size + 1)) / 8 + 100]));
          const [first, ...rest] = String(x).split("\n");
          for (const line of rest) expect(places(line, ".")).toEqual(places(first!, "."));
        },
      ),
    );
  });

  test("has no digits but those that tell the number", () => {
    expect(format(tensor([0.1, 1e10]), { precision: 17 })).toBe("[1e-01, 1e+10]");
    expect(format(tensor([0.1, 0.25]), { precision: 17 })).toBe("[0.1, 0.25]");
  });

  test("keeps within the width", () => {
    fc.assert(
      fc.property(arbMatrix, fc.integer({ min: 30, max: 80 }), (x, lineWidth) => {
        for (const line of format(x, { lineWidth }).split("\n"))
          expect(line.length).toBeLessThanOrEqual(lineWidth);
      }),
    );
  });

  test("leaves out the middle, and then says the shape", () => {
    expect(String(arange(1000))).not.toContain("...");
    expect(String(arange(1001))).toBe("[0, 1, 2, ..., 998, 999, 1000] of shape [1001]");
    expect(format(arange(9), { threshold: 5, edgeItems: 1 })).toBe("[0, ..., 8] of shape [9]");
    expect(format(arange(6).reshape([3, 2]), { threshold: 5, edgeItems: 1 })).toBe(
      "[[0, 1],\n ...,\n [4, 5]] of shape [3, 2]",
    );
    // Nothing of what is left out decides how the rest is written.
    expect(format(tensor([1.5, 1e9, 2.5]), { threshold: 2, edgeItems: 1 })).toBe(
      "[1.5, ..., 2.5] of shape [3]",
    );
  });

  test("of an empty tensor says the shape", () => {
    expect([[0], [0, 3], [2, 0]].map((shape) => String(zeros(shape)))).toEqual([
      "[]",
      "[] of shape [0, 3]",
      "[] of shape [2, 0]",
    ]);
  });

  test("of a scalar is its number", () => {
    const scalars = [
      tensor(1 / 3),
      tensor(NaN),
      tensor(-Infinity),
      tensor(true),
      tensor(7, { dtype: "int32" }),
    ];
    expect(scalars.map(String)).toEqual(["0.33333333", "nan", "-inf", "true", "7"]);
  });
});

describe("what contains tensors", () => {
  const m = tensor([[1, 2], [3, 4]]); // prettier-ignore
  test("short things are on one line", () => {
    expect(format({ w: tensor([1, 2]), b: [1 / 3, "a"], f: Math.sin, "a b": null })).toBe(
      '{ w: [1, 2], b: [0.33333333, "a"], f: [function sin], "a b": null }',
    );
    expect([format({}), format([]), format(new Float64Array([1, 2.5])), format("a")]).toEqual(["{}", "[]", "[1, 2.5]", '"a"']); // prettier-ignore
  });
  test("others have an item on each line, with the lines of a tensor below each other", () => {
    expect(format({ weights: [m, m], b: 1 })).toBe(
      `{
  weights: [
    [[1, 2],
     [3, 4]],
    [[1, 2],
     [3, 4]]
  ],
  b: 1
}`,
    );
    expect(format({ layer: { w: m }, b: m })).toBe(
      `{
  layer: {
    w: [[1, 2],
        [3, 4]]
  },
  b: [[1, 2],
      [3, 4]]
}`,
    );
  });
  test("instances have the name of their class; what contains itself ends", () => {
    class State {
      readonly x = m.sum();
      self: State | undefined;
    }
    const state = new State();
    state.self = state;
    expect(format(state)).toBe("State { x: 10, self: [circular] }");
    expect(format([new Error("no"), { toString: () => "own" }])).toBe("[Error: no, own]");
  });
});

test("print and the method write the text", () => {
  const log = jest.spyOn(console, "log").mockImplementation(() => undefined);
  try {
    print({ x: tensor([1, 2]).div(3) }, { precision: 2 });
    tensor([1, 2]).div(3).print({ precision: 3 });
    expect(log.mock.calls).toEqual([["{ x: [0.33, 0.67] }"], ["[0.333, 0.667]"]]);
  } finally {
    log.mockRestore();
  }
});

test("Node writes shape and dtype before the text", () => {
  expect(
    inspect(
      tensor([
        [1, 2],
        [3, 4],
      ]),
    ),
  ).toBe(
    // prettier-ignore
    "Tensor([2, 2], float64) [[1, 2],\n                         [3, 4]]",
  );
});

test.each<[object, string]>([
  [{ precision: 0 }, "precision must be a whole number from 1 to 100, got 0"],
  [{ precision: 2.5 }, "precision must be"],
  [{ edgeItems: -1 }, "edgeItems must be a whole number from 0"],
  [{ lineWidth: NaN }, "lineWidth must be"],
  [{ threshold: "many" }, "threshold must be"],
])("refuses %j", (options, message) => {
  expect(() => format(tensor([1]), options)).toThrow(ValueError);
  expect(() => format(tensor([1]), options)).toThrow(message);
});
