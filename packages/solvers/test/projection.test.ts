import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  abs,
  add,
  mul,
  ones,
  ShapeError,
  slice,
  stack,
  sub,
  tensor,
  ValueError,
  zeros,
  type Like,
  type Tensor,
} from "@cotangent/core-tensor";
import { jacobian, jvp, TreeError } from "@cotangent/autodiff";
import { projection } from "@cotangent/solvers";
import { arbPositive, arbVector, expectNear, expectWithin } from "./derivative-laws.js";
import { fixtures } from "./fixtures.js";

const size = (x: Tensor): number => x.norm().item();

/** The projections of vectors along the last axis. */
const balls: readonly ((x: Tensor, hyper?: Like) => Tensor)[] = [projection.l1Ball, projection.l2Ball];
const rowwise = [projection.simplex<Tensor>, ...balls];

/** A set as its projection, the test whether a point lies in it, and a way to make points of it from any vector. */
interface Case {
  readonly name: string;
  readonly project: (x: Tensor, radius: number) => Tensor;
  readonly violation: (p: Tensor, radius: number) => number;
  readonly member: (z: Tensor, radius: number) => Tensor;
}

const below = (p: Tensor, bound: number): number => Math.max(0, p.neg().max().item() + bound);
const cases: readonly Case[] = [
  {
    name: "nonNegative",
    project: (x) => projection.nonNegative(x),
    violation: (p) => below(p, 0),
    member: (z) => abs(z),
  },
  {
    name: "box",
    project: (x, r) => projection.box(x, [-0.5 * r, r]),
    violation: (p, r) => below(p, -0.5 * r) + below(p.neg(), -r),
    member: (z, r) =>
      z
        .tanh()
        .mul(0.75 * r)
        .add(0.25 * r),
  },
  {
    name: "simplex",
    project: (x, r) => projection.simplex(x, r),
    violation: (p, r) => below(p, 0) + Math.abs(p.sum().item() - r),
    member: (z, r) => z.mul(3).softmax().mul(r),
  },
  {
    name: "l1Ball",
    project: (x, r) => projection.l1Ball(x, r),
    violation: (p, r) => Math.max(0, abs(p).sum().item() - r),
    member: (z, r) => z.mul(r).div(abs(z).sum().maximum(1)),
  },
  {
    name: "l2Ball",
    project: (x, r) => projection.l2Ball(x, r),
    violation: (p, r) => Math.max(0, size(p) - r),
    member: (z, r) => z.mul(r).div(z.norm().maximum(1)),
  },
];

const threeVectors = fc
  .integer({ min: 1, max: 7 })
  .chain((n) => fc.tuple(arbVector(n), arbVector(n), arbVector(n)));

describe.each(cases)("$name", ({ project, violation, member }) => {
  const round = (...xs: Tensor[]): number => xs.reduce((total, x) => total + size(x), 1) * 1e-14;
  test("lands in the set, and stays there", () => {
    fc.assert(
      fc.property(threeVectors, arbPositive(), fc.constantFrom(1e-6, 1, 1e6), ([x], radius, scale) => {
        const [y, r] = [mul(scale, x), scale * radius];
        const p = project(y, r);
        expect(violation(p, r)).toBeLessThanOrEqual(1e-14 * r);
        expect(size(sub(project(p, r), p))).toBeLessThanOrEqual(1e-14 * (size(p) + r));
      }),
    );
  });
  test("is the nearest point: <x - p, z - p> <= 0 for z in the set", () => {
    fc.assert(
      fc.property(threeVectors, arbPositive(), ([x, y], radius) => {
        const [p, z] = [project(x, radius), member(y, radius)];
        expect(violation(z, radius)).toBeLessThanOrEqual(1e-14 * radius);
        expect(sub(x, p).vdot(sub(z, p)).item()).toBeLessThanOrEqual(round(x, y));
      }),
    );
  });
  test("is firmly nonexpansive: ‖Px - Py‖² <= <x - y, Px - Py>", () => {
    fc.assert(
      fc.property(threeVectors, arbPositive(), ([x, y], radius) => {
        const step = sub(project(x, radius), project(y, radius));
        expect(step.vdot(step).item()).toBeLessThanOrEqual(sub(x, y).vdot(step).item() + round(x, y));
      }),
    );
  });
  test("a batch is a loop", () => {
    fc.assert(
      fc.property(threeVectors, arbPositive(), (rows, radius) => {
        const batch = project(stack([stack(rows), stack(rows).neg()]), radius);
        expect(batch.shape).toEqual([2, 3, rows[0].size]);
        rows.forEach((row, i) =>
          expect(slice(batch, 0, i).toArray()).toEqual(project(row, radius).toArray()),
        );
      }),
    );
  });
});

describe("simplex", () => {
  test("against the reference projection and Jacobian", () => {
    const { x, p, J } = fixtures.simplex_rand5;
    expectNear(projection.simplex(tensor(x)), p, 1e-15);
    for (const mode of ["forward", "reverse"] as const) {
      expectNear(jacobian((y: Tensor) => projection.simplex(y), { mode })(tensor(x)), J, 1e-15);
    }
  });
  test("ties share, one element takes all, and a sum of 0 gives 0", () => {
    expect(projection.simplex(tensor([2, 2, 2, 2])).toArray()).toEqual([0.25, 0.25, 0.25, 0.25]);
    expect(projection.simplex(tensor([-7]), 3).toArray()).toEqual([3]);
    expect(projection.simplex(tensor([1, 2, 2]), 0).toArray()).toEqual([0, 0, 0]);
    // The derivative in the sum, from the right: the largest elements share it.
    const { tangent } = jvp((s: Tensor) => projection.simplex(tensor([1, 2, 2]), s), [0], [1]);
    expect(tangent.toArray()).toEqual([0, 0.5, 0.5]);
  });
  test("a shift of all elements changes nothing, however large", () => {
    fc.assert(
      fc.property(threeVectors, ([x]) => {
        // Multiples of 2^-10 keep every digit when 2^40 is added.
        const y = mul(x, 1024)
          .sign()
          .mul(mul(abs(x), 1024).floor())
          .div(1024);
        expect(projection.simplex(add(y, 2 ** 40)).toArray()).toEqual(projection.simplex(y).toArray());
      }),
    );
  });
  test("an element within rounding of the threshold is not negative", () => {
    // Found by search: the last two elements are above τ as it is found, and below τ as it is summed again.
    const near = 0.054800677297171196;
    const x = [
      0.2550758804893121,
      0.15079186409711837,
      0.098406647820957,
      0.09628457031212746,
      0.04521918583195656,
      0.036117329355329277,
      0.06846557131502777,
      0.22591353845782577,
      0.20342190430965273,
      0.21609141658991574,
      0.1360197213711217,
      0.09753565820865333,
      near,
      near,
    ];
    expect(projection.simplex(tensor(x)).min().item()).toBe(0);
    // The two belong to the support or not, but in both cases moving all elements together moves nothing.
    const { tangent } = jvp((y: Tensor) => projection.simplex(y), [tensor(x)], [ones([x.length])]);
    expectWithin(tangent, zeros([x.length]), 1e-15);
  });
  test("badly scaled and infinite elements", () => {
    expect(projection.simplex(tensor([1e308, -1e308, 1e308])).toArray()).toEqual([0.5, 0, 0.5]);
    expect(projection.simplex(tensor([0, -1.5e308, -1.5e308, -0.5])).toArray()).toEqual([0.75, 0, 0, 0.25]);
    expect(projection.simplex(tensor([-1e300, 0.5, -Infinity])).toArray()).toEqual([0, 1, 0]);
    expect(projection.simplex(tensor([1e-20, 0]), 1e-20).toArray()).toEqual([1e-20, 0]);
  });
  test("at a kink the element does not belong to the support", () => {
    // τ = 0: x = p, and the third element is on the threshold.
    const J = jacobian((x: Tensor) => projection.simplex(x))(tensor([0.5, 0.5, 0]));
    expect(J.toArray()).toEqual([
      [0.5, -0.5, 0],
      [-0.5, 0.5, 0],
      [0, 0, 0],
    ]);
  });
  test("each leaf of a tree, with one sum or a tree of sums", () => {
    const x = {
      a: tensor([1, 1]),
      b: tensor([
        [3, 0],
        [0, 0],
      ]),
    };
    const p = projection.simplex(x, { a: 4, b: tensor([1, 2]) });
    expect(p.a.toArray()).toEqual([2, 2]);
    expect(p.b.toArray()).toEqual([
      [1, 0],
      [1, 1],
    ]);
  });
});

describe("NaN and refusals", () => {
  test("NaN makes its vector NaN, and no other", () => {
    const x = tensor([
      [NaN, 1],
      [3, 4],
    ]);
    for (const project of rowwise) {
      const p = project(x).toArray() as number[][];
      expect(p[0]).toEqual([NaN, NaN]);
      expect(p[1]!.every(Number.isFinite)).toBe(true);
    }
    expect(projection.nonNegative(x).toArray()).toEqual([
      [NaN, 1],
      [3, 4],
    ]);
    expect(projection.box(x, [0, 2]).toArray()).toEqual([
      [NaN, 1],
      [2, 2],
    ]);
  });
  test("bounds without a point between them", () => {
    const x = tensor([1, 2]);
    expect(() => projection.box(x, [0, [1, -1]])).toThrow(
      "projection.box: lower <= upper does not hold at element 1 of shape [2]: lower is 0, upper is -1.",
    );
    expect(() => projection.box(x, [NaN, 1])).toThrow(ValueError);
    expect(() => projection.box(x, [0] as never)).toThrow(ValueError);
    expect(() => projection.box(x, undefined as never)).toThrow(ValueError);
    expect(() => projection.box(x, [0, tensor([1, 2, 3])])).toThrow(ShapeError);
    expect(projection.box(x, [-Infinity, Infinity]).toArray()).toEqual([1, 2]);
  });
  test("sums and radii of empty sets", () => {
    const x = tensor([1, 2]);
    for (const project of rowwise) {
      expect(() => project(x, -1)).toThrow(ValueError);
      expect(() => project(x, NaN)).toThrow(ValueError);
      expect(() => project(x, tensor([1, 2]))).toThrow(ShapeError);
      expect(() => project(zeros([2, 0]))).toThrow("have no elements");
      expect(() => project(tensor(1))).toThrow(ShapeError);
      expect(project(zeros([0, 2])).shape).toEqual([0, 2]);
    }
    expect(() => projection.simplex(x, Infinity)).toThrow(ValueError);
    expect(() => projection.simplex([1, 2])).toThrow("make it a vector with tensor([...])");
    expect(() => projection.l2Ball({ x } as never)).toThrow(TreeError);
  });
});
