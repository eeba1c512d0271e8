import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  abs,
  add,
  concatenate,
  eye,
  linalg,
  mul,
  ones,
  stack,
  sub,
  tensor,
  zeros,
  type Like,
  type Tensor,
} from "@cotangent/core-tensor";
import { grad, jacobian, jvp } from "@cotangent/autodiff";
import { objective, projection } from "@cotangent/solvers";
import {
  DRAWS,
  arbPositive,
  arbVector,
  expectDerivatives,
  expectNear,
  expectWithin,
  type Map,
  type Piece,
} from "./derivative-laws.js";
import { fixtures } from "./fixtures.js";

const seed = fc.integer();
const signs = (p: Tensor): string => String(p.sign());

/** The projections of vectors along the last axis. */
const balls: readonly ((x: Tensor, hyper?: Like) => Tensor)[] = [projection.l1Ball, projection.l2Ball];
const rowwise = [projection.simplex<Tensor>, ...balls];

const threeVectors = fc
  .integer({ min: 1, max: 7 })
  .chain((n) => fc.tuple(arbVector(n), arbVector(n), arbVector(n)));

describe("derivatives in every argument, forwards, backwards and second order", () => {
  const drawn = fc.tuple(threeVectors, arbPositive(), seed);
  const laws = (f: Map, at: (x: Tensor, y: Tensor, r: Tensor) => Tensor[], piece: Piece) => {
    fc.assert(
      fc.property(drawn, ([[x, y], radius, s]) =>
        expectDerivatives(f, at(x, y, tensor(radius + 0.3)), s, piece),
      ),
      DRAWS,
    );
  };
  test("nonNegative", () => {
    const f: Map = (x) => projection.nonNegative(x);
    laws(f, (x) => [x], signs);
  });
  test("box", () => {
    const f: Map = (x, lower, upper) => projection.box(x, [lower, upper]);
    const piece: Piece = (x, lower, upper) => signs(sub(x, lower)) + signs(sub(x, upper));
    laws(f, (x, y, r) => [x, y, add(y, r)], piece);
  });
  test("simplex", () => {
    const f: Map = (x, s) => projection.simplex(x, s);
    laws(
      f,
      (x, _, r) => [x, r],
      (...xs) => signs(f(...xs)),
    );
  });
  test("l1Ball", () => {
    const f: Map = (x, r) => projection.l1Ball(x, r);
    const piece: Piece = (x, r) => signs(f(x, r)) + signs(sub(x.norm({ ord: 1 }), r));
    laws(f, (x, _, r) => [x, r], piece);
  });
  test("l2Ball", () => {
    const f: Map = (x, r) => projection.l2Ball(x, r);
    laws(
      f,
      (x, _, r) => [x, r],
      (x, r) => signs(sub(x.norm(), r)),
    );
  });
  test("one radius for each vector of a batch", () => {
    for (const project of rowwise) {
      fc.assert(
        fc.property(threeVectors, seed, (rows, s) => {
          const f: Map = (x, r) => project(x, r);
          const piece: Piece = (x, r) =>
            signs(f(x, r)) +
            signs(sub(x.norm({ ord: 1, axis: -1 }), r)) +
            signs(sub(x.norm({ axis: -1 }), r));
          expectDerivatives(f, [stack(rows), tensor([0.5, 1, 4])], s, piece);
        }),
        DRAWS,
      );
    }
  });
});

describe("kinks", () => {
  test("an element on a bound is active, and the lower bound wins", () => {
    const at = (x: number, lower: number, upper: number) =>
      grad((a: Tensor, b: Tensor, c: Tensor) => projection.box(a, [b, c]), { argnums: [0, 1, 2] })(
        x,
        lower,
        upper,
      ).map((g) => g.item());
    expect(at(0, 0, 1)).toEqual([0, 1, 0]);
    expect(at(1, 0, 1)).toEqual([0, 0, 1]);
    expect(at(2, 2, 2)).toEqual([0, 1, 0]);
    expect(at(1, 2, 2)).toEqual([0, 1, 0]);
    expect(at(3, 2, 2)).toEqual([0, 0, 1]);
    expect(grad((a: Tensor) => projection.nonNegative(a))(0).item()).toBe(0);
  });
  test("on the sphere the derivative is that from outside", () => {
    const J = jacobian((x: Tensor, r: Tensor) => projection.l2Ball(x, r), { argnums: [0, 1] })(
      tensor([3, 4]),
      5,
    );
    expectNear(
      J[0],
      [
        [0.64, -0.48],
        [-0.48, 0.36],
      ],
      1e-15,
    );
    expectNear(J[1], [0.6, 0.8], 1e-15);
    const K = jacobian((x: Tensor, r: Tensor) => projection.l1Ball(x, r), { argnums: [0, 1] })(
      tensor([1, -3, 0]),
      4,
    );
    expect(K[0].toArray()).toEqual([
      [0.5, 0.5, 0],
      [0.5, 0.5, 0],
      [0, 0, 0],
    ]);
    expect(K[1].toArray()).toEqual([0.5, -0.5, 0]);
  });
  test("on the l1 sphere, zeros of x stay zeros of p, whatever the rounding of the norm", () => {
    fc.assert(
      fc.property(threeVectors, ([x]) => {
        fc.pre(abs(x).max().item() > 0);
        const y = concatenate([x, zeros([2])]);
        const [s, r] = [y.sign(), abs(y).sum()];
        const J = jacobian((z: Tensor) => projection.l1Ball(z, r))(y);
        // I - s sᵀ / |S| on S = {i : x_i ≠ 0}
        const want = abs(s)
          .mul(eye(y.size))
          .sub(s.outer(s).div(abs(s).sum()));
        expectWithin(J, want, 1e-15);
      }),
      { numRuns: 300 },
    );
  });
  test("a ball of radius 0 is a point: value 0, and derivative 0 in x, at x = 0 too", () => {
    for (const project of balls) {
      for (const x of [tensor([0, 0]), tensor([3, 4])]) {
        expect(abs(project(x, 0)).max().item()).toBe(0);
        expect(
          jvp((y: Tensor) => project(y, 0), [x], [ones([2])])
            .tangent.abs()
            .max()
            .item(),
        ).toBe(0);
      }
    }
  });
  test("inside a ball all derivatives are those of the identity, also at 0, at tiny points and for radius infinity", () => {
    for (const project of balls) {
      for (const radius of [1, Infinity]) {
        for (const x of [zeros([2]), tensor([1e-300, 0])]) {
          let f = (y: Tensor): Tensor => project(y, radius).vdot(tensor([1, 2]));
          expect(grad(f)(x).toArray()).toEqual([1, 2]);
          for (let order = 2; order <= 3; order++) {
            const gradient = grad(f);
            f = (y: Tensor) => gradient(y).sum();
            expect(grad(f)(x).toArray()).toEqual([0, 0]);
          }
          expect(grad((r: Tensor) => project(x, r).sum())(radius).item()).toBe(0);
        }
      }
    }
  });
});

describe("least squares on a ball, against the reference", () => {
  test("solution and derivative in the radius", () => {
    const { X, y, w, r, dw_dr } = fixtures["ls_l2ball_r0.1"];
    const data = [tensor(X), tensor(y)] as const;
    const map = (v: Tensor, radius: Tensor) =>
      projection.l2Ball(sub(v, mul(0.1, grad((u: Tensor) => objective.leastSquares(u, data))(v))), radius);
    expectNear(map(tensor(w), tensor(r)), w, 1e-10);
    const [inW, inR] = jacobian(map, { argnums: [0, 1] })(tensor(w), r);
    expectNear(linalg.solve(sub(eye(w.length), inW), inR), dw_dr, 1e-8);
  });
  test("a box-constrained quadratic: derivative in the linear term", () => {
    const { Q, c, l, u, x, dx_dc } = fixtures.boxqp5;
    const map = (v: Tensor, linear: Tensor) =>
      projection.box(sub(v, mul(0.01, add(tensor(Q).matmul(v), linear))), [l, u]);
    expectNear(map(tensor(x), tensor(c)), x, 1e-10);
    const [inX, inC] = jacobian(map, { argnums: [0, 1] })(tensor(x), tensor(c));
    expectNear(linalg.solve(sub(eye(5), inX), inC), dx_dc, 1e-8);
  });
});
