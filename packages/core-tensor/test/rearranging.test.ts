import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import * as ct from "@cotangent/core-tensor";
import { arange, tensor, zeros, type Tensor } from "@cotangent/core-tensor";
import { at, build, indicesOf, shapes, special, tensorsOf } from "./naive.js";

const list = (x: Tensor) => Array.from(x.toTypedArray());
const same = (got: Tensor, want: Tensor) => {
  expect([got.shape, list(got)]).toEqual([want.shape, list(want)]);
};
const x23 = arange(6).reshape([2, 3]);
const anyTensor = shapes().chain((shape) => tensorsOf(shape));
const withAxis = shapes(1).chain((shape) => fc.tuple(tensorsOf(shape), fc.nat(shape.length - 1)));
const modulo = (i: number, n: number) => ((i % n) + n) % n;
const replace = (index: readonly number[], axis: number, i: number) =>
  index.map((j, a) => (a === axis ? i : j));

describe("roll", () => {
  const shift = fc.integer({ min: -7, max: 7 });
  test("moves along an axis, round the end", () => {
    fc.assert(
      fc.property(withAxis, shift, ([x, axis], by) => {
        const want = build(x.shape, (index) =>
          at(x, replace(index, axis, modulo(index[axis]! - by, x.shape[axis]!))),
        );
        same(ct.roll(x, by, { axis: axis - x.ndim }), want);
      }),
    );
  });
  test("along several axes is one after the other; without an axis it is that of all elements in a row", () => {
    fc.assert(
      fc.property(shapes(2), shift, shift, (shape, a, b) => {
        const x = arange(shape.reduce((p, q) => p * q, 1)).reshape(shape);
        const twice = ct.roll(ct.roll(x, a, { axis: 0 }), b, { axis: 1 });
        same(ct.roll(x, [a, b], { axis: [0, 1] }), twice);
        same(ct.roll(x, a, { axis: [0, 1] }), ct.roll(x, [a, a], { axis: [0, 1] }));
        same(ct.roll(x, a), ct.roll(x.ravel(), a, { axis: 0 }).reshape(shape));
      }),
    );
    expect(x23.roll(7).toArray()).toEqual([
      [5, 0, 1],
      [2, 3, 4],
    ]);
    expect(ct.roll(5, 3).item()).toBe(5);
  });
  test("refuses what does not fit", () => {
    expect(() => ct.roll(x23, 0.5)).toThrow("roll: shifts are whole numbers, got 0.5");
    expect(() => ct.roll(x23, [1, 2, 3], { axis: [0, 1] })).toThrow("roll: 3 shifts for 2 axes");
    expect(() => ct.roll(x23, 1, { axis: 2 })).toThrow("roll: axis 2 is out of range");
  });
});

describe("tile and repeat", () => {
  test("tile: element i is element i modulo the length", () => {
    fc.assert(
      fc.property(anyTensor, fc.array(fc.nat(3), { maxLength: 4 }), (x, reps) => {
        const rank = Math.max(reps.length, x.ndim);
        const pad = (values: readonly number[]) => [
          ...new Array<number>(rank - values.length).fill(1),
          ...values,
        ];
        const lengths = pad(x.shape);
        const wide = x.reshape(lengths);
        const want = build(
          pad(reps).map((r, axis) => r * lengths[axis]!),
          (index) =>
            at(
              wide,
              index.map((i, axis) => i % lengths[axis]!),
            ),
        );
        same(ct.tile(x, reps), want);
      }),
    );
    expect(ct.tile(5, 3).toArray()).toEqual([5, 5, 5]);
    expect(() => x23.tile(-1)).toThrow("tile: counts are whole numbers from 0, got -1");
  });
  test("repeat: position i comes counts[i] times", () => {
    const cases = withAxis.chain(([x, axis]) => {
      const length = x.shape[axis]!;
      const each = fc.array(fc.nat(3), { minLength: length, maxLength: length });
      return fc.tuple(fc.constant(x), fc.constant(axis), fc.oneof(fc.nat(3), each));
    });
    fc.assert(
      fc.property(cases, ([x, axis, counts]) => {
        const from = Array.from({ length: x.shape[axis]! }, (_, i) => i).flatMap((i) =>
          new Array<number>(typeof counts === "number" ? counts : counts[i]!).fill(i),
        );
        const shape = replace(x.shape, axis, from.length);
        same(
          ct.repeat(x, counts, { axis }),
          build(shape, (index) => at(x, replace(index, axis, from[index[axis]!]!))),
        );
      }),
    );
    expect(x23.repeat([2]).toArray()).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
    expect(() => ct.repeat([1, 2, 3], [1, 2])).toThrow(
      "repeat: 2 counts for 3 positions along axis 0 of [3]",
    );
    expect(() => ct.repeat([1], 0.5)).toThrow("repeat: counts are whole numbers from 0, got 0.5");
  });
});

describe("diagonals", () => {
  const cases = shapes(2, 4).chain((shape) =>
    fc
      .tuple(
        tensorsOf(shape),
        fc.shuffledSubarray([...shape.keys()], { minLength: 2, maxLength: 2 }),
        fc.integer({ min: -4, max: 4 }),
      )
      .map(([x, [axis1, axis2], offset]) => ({ x, axis1: axis1!, axis2: axis2!, offset })),
  );
  test("diagonal: out[..., k] = x[.., k + max(-offset, 0), .., k + max(offset, 0), ..]", () => {
    fc.assert(
      fc.property(cases, ({ x, axis1, axis2, offset }) => {
        const [down, right] = [Math.max(-offset, 0), Math.max(offset, 0)];
        const count = Math.max(0, Math.min(x.shape[axis1]! - down, x.shape[axis2]! - right));
        const others = [...x.shape.keys()].filter((axis) => axis !== axis1 && axis !== axis2);
        const want = build([...others.map((axis) => x.shape[axis]!), count], (index) => {
          const k = index[others.length]!;
          return at(
            x,
            x.shape.map((_, axis) => {
              if (axis === axis1) return k + down;
              return axis === axis2 ? k + right : index[others.indexOf(axis)]!;
            }),
          );
        });
        same(ct.diagonal(x, { axis1: axis1 - x.ndim, axis2, offset }), want);
        same(ct.trace(x, { axis1, axis2, offset }), want.sum({ axis: -1 }));
      }),
    );
  });
  test("diag of a vector has it on its diagonal k, and zeros", () => {
    fc.assert(
      fc.property(
        fc.nat(3).chain((n) => tensorsOf([n])),
        fc.integer({ min: -3, max: 3 }),
        (x, k) => {
          const n = x.size + Math.abs(k);
          const want = build([n, n], ([i, j]) => (j! - i! === k ? at(x, [Math.min(i!, j!)]) : 0));
          same(ct.diag(x, k), want);
          same(ct.diag(ct.diag(x, k), k), x);
        },
      ),
    );
  });
  test("of whole numbers, and refusals", () => {
    expect(ct.diag(tensor([1, 2], { dtype: "int32" })).dtype).toBe("int32");
    expect(() => ct.diagonal([1, 2])).toThrow("diagonal: needs at least two axes, got shape [2]");
    expect(() => ct.diagonal(x23, { axis2: -2 })).toThrow("diagonal: axis 0 is given twice");
    expect(() => ct.trace(x23, { offset: 0.5 })).toThrow("trace: the number of a diagonal is a whole number");
    expect(() => ct.diag(zeros([1, 1, 1]))).toThrow("diag: needs a vector or a matrix, got [1, 1, 1]");
  });
});

describe("topK", () => {
  test("is the end of a stable sort: descending, lower indices first, NaN largest", () => {
    const cases = fc
      .array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 })
      .chain((shape) => fc.tuple(tensorsOf(shape, special), fc.nat(shape.length - 1), fc.nat(4)));
    fc.assert(
      fc.property(cases, ([x, axis, wanted]) => {
        const k = Math.min(wanted, x.shape[axis]!);
        const size = (v: number) => (Number.isNaN(v) ? Infinity : v);
        const before = (i: number, j: number, values: number[]) => {
          const [a, b] = [values[i]!, values[j]!];
          if (Number.isNaN(a) !== Number.isNaN(b)) return Number.isNaN(a) ? -1 : 1;
          return size(b) > size(a) ? 1 : size(b) < size(a) ? -1 : i - j;
        };
        const want = build(
          replace(x.shape, axis, k),
          (index) => {
            const row = Array.from({ length: x.shape[axis]! }, (_, i) => at(x, replace(index, axis, i)));
            return [...row.keys()].sort((i, j) => before(i, j, row))[index[axis]!]!;
          },
          "int32",
        );
        const { values, indices } = ct.topK(x, k, { axis: axis - x.ndim });
        same(indices, want);
        same(values, ct.takeAlongAxis(x, want, axis));
        expect(indices.dtype).toBe("int32");
      }),
    );
  });
  test("refuses what there is not", () => {
    expect(() => ct.topK([1, 2], 3)).toThrow(
      "topK: k must be a whole number from 0 to 2, the length of axis 0, got 3",
    );
    expect(() => ct.topK([1, 2], -1)).toThrow(ct.ValueError);
    expect(() => ct.topK(1, 1)).toThrow("topK: a scalar has no axis to choose along");
  });
});

describe("at", () => {
  const range = fc.oneof(
    fc.constant(null),
    fc.tuple(fc.option(fc.integer({ min: -4, max: 4 })), fc.option(fc.integer({ min: -4, max: 4 }))),
    fc
      .tuple(
        fc.option(fc.integer({ min: -4, max: 4 })),
        fc.option(fc.integer({ min: -4, max: 4 })),
        fc.constantFrom(-2, -1, 2),
      )
      .map(([a, b, c]) => [a, b, c] as const),
    fc.constantFrom(0, -1),
  );
  const cases = fc
    .array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 })
    .chain((shape) => fc.tuple(tensorsOf(shape, special), fc.array(range, { maxLength: shape.length })));
  test("ranges: the part is changed, the rest keeps its bits", () => {
    fc.assert(
      fc.property(cases, ([x, index]) => {
        const numbered = arange(x.size).reshape(x.shape);
        const places = list(ct.slice(numbered, ...index));
        const part = ct.slice(x, ...index);
        const values = arange(part.size).add(100).reshape(part.shape);
        const want = (f: (old: number, k: number) => number) =>
          list(x).map((old, i) => (places.includes(i) ? f(old, places.indexOf(i)) : old));
        expect(list(x.at(index).set(values))).toEqual(want((_, k) => 100 + k));
        expect(list(x.at(index).add(values))).toEqual(want((old, k) => old + 100 + k));
        expect(list(x.at(index).set(7))).toEqual(want(() => 7));
      }),
    );
    expect(x23.at(-1).set([7, 8, 9]).toArray()).toEqual([
      [0, 1, 2],
      [7, 8, 9],
    ]);
    expect(ct.at(5, []).add(1).item()).toBe(6);
  });
  const rows = fc
    .tuple(fc.integer({ min: 1, max: 4 }), shapes(0, 2), shapes(0, 2))
    .chain(([n, rest, shape]) => {
      const index = tensorsOf(shape, fc.integer({ min: -n, max: n - 1 }), "int32");
      return fc.tuple(tensorsOf([n, ...rest]), index, tensorsOf([...shape, ...rest]));
    });
  test("indices: set keeps the last of several values, add adds them all", () => {
    fc.assert(
      fc.property(rows, ([x, index, values]) => {
        const [set, added] = [list(x), list(x)];
        const inner = indicesOf(x.shape.slice(1));
        indicesOf(index.shape).forEach((place) => {
          const row = modulo(at(index, place), x.shape[0]!);
          inner.forEach((rest, k) => {
            set[row * inner.length + k] = at(values, [...place, ...rest]);
            added[row * inner.length + k]! += at(values, [...place, ...rest]);
          });
        });
        expect(list(x.at(index).set(values))).toEqual(set);
        expect(list(x.at(index).add(values))).toEqual(added);
      }),
    );
  });
  test("dtypes: the values take that of the tensor, or are refused", () => {
    const whole = tensor([1, 2], { dtype: "int32" });
    const row = new Int32Array([1]);
    expect([whole.at(row).set([5]).dtype, whole.at(0).add(5).toArray()]).toEqual(["int32", [6, 2]]);
    expect(ct.at(whole.astype("float32"), 0).set(tensor(0.1)).dtype).toBe("float32");
    expect(
      ct
        .at(tensor([true, false]), 1)
        .set(true)
        .toArray(),
    ).toEqual([true, true]);
    expect(() => whole.at(0).set(0.5)).toThrow(
      "at: values of dtype float64 do not fit into a tensor of dtype int32",
    );
    expect(() => whole.at([[0, 2]]).set([0.5, 1])).toThrow(ct.DTypeError);
    expect(() => ct.at(tensor([true]), 0).set(2)).toThrow(ct.DTypeError);
  });
  test("refuses indices and values that do not fit", () => {
    expect(() => x23.at(2)).toThrow("at: index 2 is out of range, for axis 0 of length 2");
    expect(() => x23.at(new Int32Array([2]))).toThrow("at: index 2 is out of range for an axis of length 2");
    expect(() => x23.at(tensor([0.5]))).toThrow("at: indices must be int32, got float64");
    expect(() => x23.at(0).set([1, 2])).toThrow(ct.ShapeError);
    expect(() => ct.at(1, new Int32Array([0]))).toThrow("at: a scalar has no axis to index");
  });
});
