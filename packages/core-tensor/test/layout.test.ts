import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import * as ct from "@cotangent/core-tensor";
import { arange, slice, tensor, type Range, type Tensor } from "@cotangent/core-tensor";
import { at, build, shapes, tensorsOf } from "./naive.js";

const list = (x: Tensor) => Array.from(x.toTypedArray());
const x23 = arange(6).reshape([2, 3]);

/** Python's range(length)[start:stop:step], from its definition by clamping. */
function pythonSlice(length: number, start: number | null, stop: number | null, step: number): number[] {
  const clamp = (i: number | null, open: number, low: number, high: number) =>
    i === null ? open : Math.max(low, Math.min(high, i < 0 ? i + length : i));
  const found: number[] = [];
  if (step > 0) {
    for (let i = clamp(start, 0, 0, length); i < clamp(stop, length, 0, length); i += step) found.push(i);
  } else {
    for (let i = clamp(start, length - 1, -1, length - 1); i > clamp(stop, -1, -1, length - 1); i += step)
      found.push(i);
  }
  return found;
}

describe("slice", () => {
  const end = fc.option(fc.integer({ min: -6, max: 6 }));
  const step = fc.integer({ min: -3, max: 3 }).filter((s) => s !== 0);
  test("is Python's", () => {
    fc.assert(
      fc.property(fc.nat(4), end, end, step, (length, start, stop, by) => {
        expect(list(slice(arange(length), [start, stop, by]))).toEqual(pythonSlice(length, start, stop, by));
      }),
      { numRuns: 500 },
    );
  });
  test("along several axes at once", () => {
    fc.assert(
      fc.property(fc.tuple(end, end, step), fc.tuple(end, end, step), (rows, columns) => {
        const [r, c] = [pythonSlice(3, ...rows), pythonSlice(4, ...columns)];
        const x = arange(12).reshape([3, 4]);
        const want = build([r.length, c.length], ([i, j]) => 4 * r[i!]! + c[j!]!);
        expect(slice(x, rows, columns).toArray()).toEqual(want.toArray());
      }),
    );
  });
  test("an index removes its axis", () => {
    expect(slice(x23, -1).toArray()).toEqual([3, 4, 5]);
    expect(slice(x23, null, 1).toArray()).toEqual([1, 4]);
    expect(slice(x23, 1, 2).item()).toBe(5);
  });
  test.each<[Range[], string]>([
    [[2], "slice: index 2 is out of range, for axis 0 of length 2"],
    [[null, null, null], "slice: 3 ranges for the shape [2, 3]"],
    [[[0, 1, 0]], "slice: the step must be a whole number other than 0, got 0"],
    [[[0.5, 1]], "slice: positions must be whole numbers, got 0.5"],
    [[[NaN]], "slice: positions must be whole numbers, got NaN"],
  ])("refuses %j", (ranges, message) => {
    expect(() => slice(x23, ...ranges)).toThrow(message.replace("axis 2 is", "axis 2 is"));
  });
});

describe("moving elements", () => {
  const anyTensor = shapes(1).chain((shape) => fc.tuple(tensorsOf(shape), fc.nat(shape.length - 1)));
  test("transpose", () => {
    fc.assert(
      fc.property(
        anyTensor.chain(([x]) =>
          fc.tuple(fc.constant(x), fc.shuffledSubarray([...x.shape.keys()], { minLength: x.ndim })),
        ),
        ([x, axes]) => {
          const want = build(
            axes.map((axis) => x.shape[axis]!),
            (index) =>
              at(
                x,
                x.shape.map((_, axis) => index[axes.indexOf(axis)]!),
              ),
          );
          expect(x.transpose(axes).toArray()).toEqual(want.toArray());
        },
      ),
    );
  });
  test("flip, concatenate, stack and split", () => {
    fc.assert(
      fc.property(anyTensor, ([x, axis]) => {
        const flipped = build(x.shape, (index) =>
          at(
            x,
            index.map((i, a) => (a === axis ? x.shape[a]! - 1 - i : i)),
          ),
        );
        expect(list(ct.flip(x, { axis: axis - x.ndim }))).toEqual(list(flipped));
        const joined = ct.concatenate([x, x, x], axis);
        for (const part of ct.split(joined, 3, axis)) expect(part.toArray()).toEqual(x.toArray());
        expect(ct.slice(ct.stack([x, flipped], -1), ...x.shape.map(() => null), 1).toArray()).toEqual(
          flipped.toArray(),
        );
      }),
    );
  });
  test("take and takeAlongAxis", () => {
    const cases = shapes(1)
      .map((shape) => shape.map((n) => n + 1))
      .chain((shape) =>
        fc.nat(shape.length - 1).chain((axis) => {
          const n = shape[axis]!;
          return fc.tuple(tensorsOf(shape), fc.constant(axis), fc.array(fc.integer({ min: -n, max: n - 1 })));
        }),
      );
    fc.assert(
      fc.property(cases, ([x, axis, indices]) => {
        const n = x.shape[axis]!;
        const wrapped = indices.map((i) => (i < 0 ? i + n : i));
        const shape = x.shape.map((m, a) => (a === axis ? indices.length : m));
        const want = build(shape, (index) =>
          at(
            x,
            index.map((i, a) => (a === axis ? wrapped[i]! : i)),
          ),
        );
        expect(ct.take(x, indices, axis).toArray()).toEqual(want.toArray());
        const each = build(shape, (index) => indices[index[axis]!]!, "int32");
        expect(ct.takeAlongAxis(x, each, axis).toArray()).toEqual(want.toArray());
      }),
    );
    expect(ct.take(x23, [[0], [1]], 1).shape).toEqual([2, 2, 1]);
    expect(() => ct.take(x23, [3], 1)).toThrow("take: index 3 is out of range for an axis of length 3");
    expect(() => ct.take(x23, tensor([1.0]))).toThrow(ct.DTypeError);
    expect(() => ct.take(x23, [0.5])).toThrow("take: indices must be whole numbers, got 0.5");
    expect(() => ct.take(x23, NaN)).toThrow("take: indices must be whole numbers, got NaN");
  });
  test("pad, diag, trace, triangles, oneHot", () => {
    expect(ct.pad([1, 2], [[1, 2]]).toArray()).toEqual([0, 1, 2, 0, 0]);
    expect(ct.diag([1, 2]).toArray()).toEqual([
      [1, 0],
      [0, 2],
    ]);
    expect(ct.diag(x23).toArray()).toEqual([0, 4]);
    expect(ct.trace(x23).item()).toBe(4);
    expect(ct.tril(ct.ones([2, 3]), 1).toArray()).toEqual([
      [1, 1, 0],
      [1, 1, 1],
    ]);
    expect(ct.triu(ct.ones([2, 3]), 1).toArray()).toEqual([
      [0, 1, 1],
      [0, 0, 1],
    ]);
    expect(ct.oneHot([2, 0], 3).toArray()).toEqual([
      [0, 0, 1],
      [1, 0, 0],
    ]);
    expect(() => ct.oneHot([3], 3)).toThrow("out of range");
  });
  test("reshape, squeeze, expandDims, broadcastTo", () => {
    expect(x23.reshape([3, -1]).shape).toEqual([3, 2]);
    expect(ct.squeeze(ct.expandDims(x23, -1)).shape).toEqual([2, 3]);
    expect(() => ct.squeeze(x23, { axis: 0 })).toThrow("squeeze: axis 0 of [2, 3] has not length 1");
    expect(() => x23.reshape([4])).toThrow("reshape: 6 elements of shape [2, 3] do not fill [4]");
    expect(() => x23.reshape([-1, -1])).toThrow(ct.ShapeError);
    expect(() => x23.transpose([0, 0])).toThrow("transpose: [0, 0] is not an order of the 2 axes");
    expect(() => ct.concatenate([])).toThrow("concatenate: needs at least one tensor");
    expect(() => ct.stack([])).toThrow("needs at least one tensor");
    expect(() => ct.concatenate([x23, [[1]]], 1)).toThrow(
      "concatenate: [2, 3] and [1, 1] differ outside of axis 1",
    );
    expect(() => ct.split(x23, 2, 1)).toThrow("split: 3 elements do not divide into 2 equal parts");
    expect(() => ct.pad(x23, [[1, 1]])).toThrow("pad: needs one [before, after]");
  });
});
