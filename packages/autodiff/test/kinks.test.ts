import { describe, expect, test } from "@jest/globals";
import * as ct from "@cotangent/core-tensor";
import { tensor, type Tensor } from "@cotangent/core-tensor";
import { grad, jvp } from "@cotangent/autodiff";

describe("at a kink both modes agree on", () => {
  const zero = tensor([0, 0]);
  const cases: [string, (x: Tensor) => Tensor, Tensor, number[]][] = [
    ["abs'(0) = 0", (x) => x.abs(), zero, [0, 0]],
    ["relu'(0) = 0", (x) => x.relu(), zero, [0, 0]],
    ["halves at a tie of maximum", (x) => ct.maximum(x, 0), zero, [0.5, 0.5]],
    ["halves at a tie of minimum", (x) => ct.minimum(0, x), zero, [0.5, 0.5]],
    ["shares at a tie of max", (x) => x.max(), tensor([2, 2, 1, 2]), [1 / 3, 1 / 3, 0, 1 / 3]],
    ["sqrt'(0) = inf", (x) => x.sqrt(), tensor([0]), [Infinity]],
    ["norm'(0) = 0", (x) => x.norm(), zero, [0, 0]],
    [
      "norm'(0) = 0 beside others",
      (x) => x.norm({ axis: 1 }),
      tensor([
        [0, 0],
        [0, 4],
      ]),
      [0, 0, 0, 1],
    ],
    ["std'(x) = 0 where all are equal", (x) => x.std(), zero, [0, 0]],
    ["(x^2)'(0) = 0 and (x^0)'(0) = 0", (x) => x.pow(2).add(x.pow(0)), zero, [0, 0]],
    ["round, a step", (x) => x.round(), tensor([0.5, 1.5]), [0, 0]],
    ["asin'(1) = asin'(-1) = inf", (x) => x.asin(), tensor([1]), [Infinity]],
    ["acos'(-1) = -inf", (x) => x.acos(), tensor([-1]), [-Infinity]],
    ["erfinv'(1) = inf", (x) => x.erfinv(), tensor([1]), [Infinity]],
    ["atan2 at the origin", (x) => ct.atan2(x, 0).add(ct.atan2(0, x)), zero, [0, 0]],
    ["mod where it jumps", (x) => x.mod(3), tensor([3, -3]), [1, 1]],
    ["mod where it jumps, along b", (x) => ct.mod([6, -6], x), tensor([3, 3]), [-2, 2]],
    [
      "halves at equal infinities of logaddexp",
      (x) => ct.logaddexp(x, -Infinity),
      tensor([-Infinity]),
      [0.5],
    ],
    ["clip at its ends", (x) => x.clip(-1, 1), tensor([-1, 1, 0, 2]), [0.5, 0.5, 1, 0]],
  ];
  test.each(cases)("%s", (_, f, x, want) => {
    expect(Array.from(grad((y: Tensor) => f(y).sum())(x).toTypedArray())).toEqual(want);
    const unit = (i: number) => tensor(want.map((__, k) => (k === i ? 1 : 0))).reshape(x.shape);
    // A zero tangent at an infinite slope is 0 * inf: the one direction is asked for by itself.
    const forward = want.map((__, i) => jvp((y: Tensor) => f(y).sum(), [x], [unit(i)]).tangent.item());
    expect(forward).toEqual(want);
  });

  test("x^2 has all its derivatives at 0", () => {
    let f = (x: Tensor) => x.pow(2);
    const values = [0, 1, 2, 3].map(() => {
      const value = f(tensor(0)).item();
      f = grad(f);
      return value;
    });
    expect(values).toEqual([0, 0, 2, 0]);
  });

  test("logaddexp has its second derivative at a tie", () => {
    expect(grad(grad((x: Tensor) => ct.logaddexp(x, 1)))(tensor(1)).item()).toBe(0.25);
  });

  test("far from the origin no square of atan2 overflows or underflows", () => {
    const slope = (y: number, x: number) => grad((v: Tensor) => ct.atan2(v, x))(tensor(y)).item();
    expect(slope(1e200, 1e200) * 1e200).toBeCloseTo(0.5, 14);
    expect(slope(1e-200, 1e-200) * 1e-200).toBeCloseTo(0.5, 14);
  });

  test("d^2 a^b / da db = a^(b-1) at b = 0", () => {
    const mixed = grad((b: Tensor) => grad((a: Tensor) => ct.pow(a, b))(4))(0);
    expect(mixed.item()).toBe(0.25);
  });
});
