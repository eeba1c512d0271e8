import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { arange, tensordot, zeros, type Tensor } from "@cotangent/core-tensor";
import { at, build, indicesOf, tensorsOf } from "./naive.js";

const list = (x: Tensor) => Array.from(x.toTypedArray(), (y) => y + 0);
const same = (got: Tensor, want: Tensor) => {
  expect([got.shape, list(got)]).toEqual([want.shape, list(want)]);
};

describe("tensordot", () => {
  const axesCases = fc
    .tuple(
      fc.array(fc.nat(3), { maxLength: 2 }),
      fc.array(fc.nat(3), { maxLength: 2 }),
      fc.array(fc.nat(3), { maxLength: 2 }),
    )
    .chain(([left, shared, right]) => {
      const rank = (n: number) => fc.shuffledSubarray([...Array(n).keys()], { minLength: n });
      return fc.tuple(
        tensorsOf([...left, ...shared]),
        tensorsOf([...shared, ...right]),
        fc.constant(shared.length),
        rank(left.length + shared.length),
        rank(shared.length + right.length),
      );
    });
  test("with a number of axes, and with the same axes in any places", () => {
    fc.assert(
      fc.property(axesCases, ([x, y, count, orderX, orderY]) => {
        const [left, right] = [x.shape.slice(0, x.ndim - count), y.shape.slice(count)];
        const want = build([...left, ...right], (index) =>
          indicesOf(y.shape.slice(0, count)).reduce(
            (total, inner) =>
              total +
              at(x, [...index.slice(0, left.length), ...inner]) *
                at(y, [...inner, ...index.slice(left.length)]),
            0,
          ),
        );
        same(tensordot(x, y, count), want);
        // The summed axes wherever a transpose has put them; the others keep their order.
        const sorted = (order: number[], summed: (axis: number) => boolean) => {
          const kept = order.filter((axis) => !summed(axis)).sort((i, j) => i - j);
          return order.map((axis) => (summed(axis) ? axis : kept.shift()!));
        };
        const ofX = sorted(orderX, (axis) => axis >= left.length);
        const ofY = sorted(orderY, (axis) => axis < count);
        const axes = [
          Array.from({ length: count }, (_, i) => ofX.indexOf(left.length + i) - x.ndim),
          Array.from({ length: count }, (_, i) => ofY.indexOf(i)),
        ] as const;
        same(x.transpose(ofX).tensordot(y.transpose(ofY), axes), want);
      }),
    );
  });
  test("sums over two axes unless told otherwise", () => {
    const x = arange(6).reshape([2, 3]);
    expect(tensordot(x, x).item()).toBe(55);
  });
  test("refuses what does not fit", () => {
    const x = zeros([2, 3]);
    expect(() => tensordot(x, x, 1)).toThrow(
      "tensordot: axis 1 of [2, 3] and axis 0 of [2, 3] have lengths 3 and 2",
    );
    expect(() => tensordot(x, x, 3)).toThrow(
      "tensordot: [2, 3] and [2, 3] do not both have 3 axes to sum over",
    );
    expect(() => tensordot(x, x, -1)).toThrow("tensordot: a number of axes is a whole number from 0, got -1");
    expect(() => tensordot(x, x, [[0, 1], [0]])).toThrow(
      "tensordot: 2 axes of a and 1 axes of b do not make pairs",
    );
    expect(() =>
      tensordot(x, x, [
        [0, 0],
        [0, 0],
      ]),
    ).toThrow("tensordot: an axis is given twice");
    expect(() => tensordot(x, x, [2, 0])).toThrow("tensordot: axis 2 is out of range");
  });
});
