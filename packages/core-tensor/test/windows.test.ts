import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { add, bind, linspace, tensor, type Tensor } from "@cotangent/core-tensor";
import { accumulate, choose, window } from "@cotangent/core-tensor/plan";
import { place } from "@cotangent/core-tensor/primitives";

/** Every index of a shape, in the order of the elements. */
const indicesOf = ([rows, columns]: readonly [number, number]): [number, number][] =>
  [...Array(rows * columns).keys()].map((k) => [Math.floor(k / columns), k % columns]);

/** A shape and a box inside of it. */
const arbBox = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
  .chain(([rows, columns]) =>
    fc.tuple(fc.nat(rows), fc.nat(rows), fc.nat(columns), fc.nat(columns)).map(([a, b, c, d]) => ({
      shape: [rows, columns] as const,
      from: [Math.min(a, b), Math.min(c, d)] as const,
      to: [Math.max(a, b), Math.max(c, d)] as const,
    })),
  );
type Box = typeof arbBox extends fc.Arbitrary<infer B> ? B : never;

const isIn = ({ from, to }: Box, index: readonly number[]): boolean =>
  index.every((i, axis) => i >= from[axis]! && i < to[axis]!);

describe("windows", () => {
  const x = linspace(1, 100, 100);

  test("are elements at offset + sum of index * stride inside of the box, and 0 outside", () => {
    fc.assert(
      fc.property(arbBox, fc.integer({ min: -3, max: 3 }), fc.integer({ min: -3, max: 3 }), (box, s, t) => {
        const params = { ...box, offset: 50, strides: [s, t] };
        const expected = indicesOf(box.shape).map((index) =>
          isIn(box, index) ? x.toTypedArray()[50 + index[0] * s + index[1] * t] : 0,
        );
        expect([...bind(window, [x], params)[0]!.toTypedArray()]).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });
  test("are chosen between: the operand in whose box an index is, or 0; numbers are operands too", () => {
    fc.assert(
      fc.property(arbBox, (box) => {
        const { shape, from, to } = box;
        const a = linspace(1, 2, shape[0] * shape[1]).reshape(shape);
        const [chosen] = bind(choose, [a, tensor(7)], {
          shape,
          from: [from, [0, 0]],
          to: [to, [from[0], shape[1]]],
        });
        const expected = indicesOf(shape).map((index, k) =>
          isIn(box, index) ? a.toTypedArray()[k] : index[0] < from[0] ? 7 : 0,
        );
        expect([...chosen!.toTypedArray()]).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });
});

test("parts are accumulated as if each was placed in zeros, and added", () => {
  const parts = fc.array(fc.tuple(fc.nat(9), fc.integer({ min: 1, max: 3 }), fc.double()), { minLength: 1 });
  fc.assert(
    fc.property(parts, fc.boolean(), (list, hasBase) => {
      const shape = [16];
      const base = hasBase ? [linspace(-1, 1, 16)] : [];
      const values = list.map(([, step, value]) => tensor([value, -0, value].slice(0, step)));
      const steps = list.map(([start, step]) => ({ starts: [start], steps: [step] }));
      const placed = values.map((part, i) => bind(place, [part], { shape, ...steps[i]! })[0]!);
      const zeros = tensor(new Float64Array(16));
      const expected = [...base, ...placed].reduce((sum: Tensor, part) => add(sum, part), zeros);
      const params = {
        shape,
        base: base.length,
        starts: steps.map(({ starts }) => starts),
        steps: steps.map((own) => own.steps),
      };
      const [found] = bind(accumulate, [...base, ...values], params);
      expect(found!.toTypedArray()).toEqual(expected.toTypedArray());
    }),
    { numRuns: 100 },
  );
});
