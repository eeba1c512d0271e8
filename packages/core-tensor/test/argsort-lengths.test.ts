import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { argsort, tensor } from "@cotangent/core-tensor";

const numbers = fc.array(fc.constantFrom(-Infinity, -2, -0, 0, 1, 1.5, 3, Infinity, NaN), { maxLength: 80 });

/** By definition: ascending, NaN last, equal ones in their order. */
function order(x: readonly number[]): number[] {
  const rank = (value: number) => (Number.isNaN(value) ? 1 : 0);
  return [...x.keys()].sort((i, j) => {
    const [a, b] = [x[i]!, x[j]!];
    return rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0) || i - j;
  });
}

test("the order is stable, for few and for many elements, along any axis", () => {
  fc.assert(
    fc.property(numbers, (x) => {
      expect(argsort(tensor(x)).toArray()).toEqual(order(x));
      const column = tensor(Float64Array.from(x), { shape: [x.length, 1] });
      expect(argsort(column, { axis: 0 }).ravel().toArray()).toEqual(order(x));
      const twice = tensor(Float64Array.from(x.flatMap((value) => [value, -value])), {
        shape: [x.length, 2],
      });
      expect(argsort(twice, { axis: 0 }).take(1, 1).toArray()).toEqual(order(x.map((value) => -value)));
    }),
  );
});
