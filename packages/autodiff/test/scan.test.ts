import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  DTypeError,
  ShapeError,
  stack,
  tensor,
  ValueError,
  zeros,
  type Tensor,
} from "@cotangent/core-tensor";
import {
  cond,
  grad,
  hvp,
  jvp,
  savedBytes,
  scan,
  tree,
  TreeError,
  whileLoop,
  type CheckpointPolicy,
} from "@cotangent/autodiff";
import { checkDerivatives } from "@cotangent/autodiff/testing";
import { savedStates } from "../src/tape/rematerialise.js";

interface Carry {
  readonly h: Tensor;
  readonly n: [Tensor];
}
interface Inputs {
  readonly w: Tensor;
  readonly x: Tensor;
}

/** A small recurrent network: the weights are closed over, the inputs scanned. */
function network(xs: Tensor, policy: CheckpointPolicy, onStep: () => void = () => undefined) {
  return ({ w, x }: Inputs): Tensor => {
    const step = ({ h, n }: Carry, row: Tensor): [Carry, { y: Tensor }] => {
      onStep();
      const next = w.matmul(h).add(row).add(x).tanh();
      return [{ h: next, n: [n[0].mul(0.9).add(next.sum())] }, { y: next.square() }];
    };
    const start: Carry = { h: x, n: [tensor(1)] };
    const [carry, { y }] = scan(step, start, xs, { checkpoint: policy });
    return carry.h.sum().add(carry.n[0]).add(y.sum());
  };
}

const w = tensor([[0.5, -0.3], [0.8, 0.1]]); // prettier-ignore
const x = tensor([0.2, -0.4]);
const rows = (steps: number) =>
  stack(Array.from({ length: steps }, (_, t) => tensor([Math.sin(t), Math.cos(2 * t)])));

/** max |a - b| / max |b| over all leaves */
function difference(a: unknown, b: unknown): number {
  const [left, right] = [tree.ravel(a).vector, tree.ravel(b).vector];
  return left.sub(right).abs().max().div(right.abs().max()).item();
}

const arbPolicy: fc.Arbitrary<CheckpointPolicy> = fc.oneof(
  fc.constant("none" as const),
  fc.integer({ min: 1, max: 9 }),
  fc.integer({ min: 2, max: 5 }).map((arity) => ({ arity })),
);

describe("scan", () => {
  test("is the loop that it says", () => {
    const [last, sums] = scan((c: Tensor, r: Tensor) => [c.add(r), c.mul(2)], zeros([2]), rows(3));
    expect(last.toArray()).toEqual(rows(3).sum({ axis: 0 }).toArray());
    expect(sums.shape).toEqual([3, 2]);
    expect(sums.toArray()).toEqual([
      [0, 0],
      [0, 2],
      [2 * Math.sin(1), 2 * (1 + Math.cos(2))],
    ]);
  });
  test("derivatives of every policy equal those of the unrolled loop", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 23 }), arbPolicy, (steps, policy) => {
        const xs = rows(steps);
        const unrolled = (p: Inputs): Tensor => {
          let [h, n] = [p.x, tensor(1)];
          let total = tensor(0);
          for (let t = 0; t < steps; t++) {
            h = p.w.matmul(h).add(xs.slice(t)).add(p.x).tanh();
            n = n.mul(0.9).add(h.sum());
            total = total.add(h.square().sum());
          }
          return h.sum().add(n).add(total);
        };
        const f = network(xs, policy);
        const [at, v] = [
          { w, x },
          { w: w.cos(), x: x.exp() },
        ];
        expect(difference(grad(f)(at), grad(unrolled)(at))).toBeLessThan(1e-12);
        expect(difference(jvp(f, [at], [v]).tangent, jvp(unrolled, [at], [v]).tangent)).toBeLessThan(1e-12);
        if (steps > 9) return;
        expect(difference(hvp(f, at, v), hvp(unrolled, at, v))).toBeLessThan(1e-12);
        const twice = (g: typeof f) => grad((p: Inputs) => tree.dot(grad(g)(p), v))(at);
        expect(difference(twice(f), twice(unrolled))).toBeLessThan(1e-12);
      }),
      { numRuns: 30 },
    );
  });
  test("the derivative in xs, by the laws", () => {
    const f = (policy: CheckpointPolicy) => (xs: Tensor) => network(xs, policy)({ w, x });
    checkDerivatives(f("none"), [rows(4)]);
    checkDerivatives(f({ arity: 2 }), [rows(5)]);
    expect(difference(grad(f(2))(rows(7)), grad(f("none"))(rows(7)))).toBeLessThan(1e-12);
  });
  test("recursive checkpoints: k ceil(log_k T) + 1 states and T (1 + log_k T) steps", () => {
    for (const arity of [2, 3, 4, 7]) {
      for (let steps = 1; steps <= 130; steps += steps < 30 ? 1 : 17) {
        let runs = 0;
        savedStates.now = savedStates.most = 0;
        grad(network(rows(steps), { arity }, () => (runs += 1)))({ w, x });
        const depth = Math.log(steps) / Math.log(arity);
        expect(savedStates.most + 1).toBeLessThanOrEqual(arity * Math.ceil(depth - 1e-9) + 1);
        expect(runs).toBeLessThanOrEqual(steps * (1 + depth) + 1e-9);
        expect(runs).toBeGreaterThanOrEqual(steps);
      }
    }
  });
  test("a checkpoint every k steps: T / k + k states and 2 T steps", () => {
    let runs = 0;
    savedStates.now = savedStates.most = 0;
    grad(network(rows(100), 10, () => (runs += 1)))({ w, x });
    expect(runs).toBe(200);
    expect(savedStates.most).toBeLessThanOrEqual(20);
    expect(savedStates.most).toBeGreaterThanOrEqual(10);
  });
  test("a tape keeps the checkpoints only", () => {
    const wide = tensor(Array.from({ length: 1000 }, (_, i) => i / 1000));
    const f = (checkpoint: CheckpointPolicy) => (c: Tensor) =>
      scan((y: Tensor) => [y.sin().exp().tanh(), []], c, null, { length: 64, checkpoint })[0];
    const state = wide.size * 8;
    expect(savedBytes(f("none"), wide)).toBeGreaterThanOrEqual(3 * 64 * state);
    expect(savedBytes(f({ arity: 2 }), wide)).toBe(2 * state);
    expect(savedBytes(f(8), wide)).toBe(8 * state);
  });
  test("of no steps returns the carry, and empty results of the right shape", () => {
    const f = (c: Tensor) => scan((a: Tensor, r: Tensor) => [a.mul(r), { y: a.add(r) }], c, zeros([0, 2]));
    const [carry, { y }] = f(x);
    expect(carry.toArray()).toEqual(x.toArray());
    expect(y.shape).toEqual([0, 2]);
    expect(grad((c: Tensor) => f(c)[0].sum())(x).toArray()).toEqual([1, 1]);
  });
  test("refuses a carry that changes, and lengths that differ", () => {
    const by = (change: (c: Tensor) => unknown) => () =>
      scan((c: Tensor) => [change(c) as Tensor, []], x, null, { length: 2 });
    expect(by((c) => [c])).toThrow(TreeError);
    expect(by((c) => c.sum())).toThrow("scan: carry returned by step: should have shape [2]");
    expect(by((c) => c.astype("float32"))).toThrow(DTypeError);
    const step = (c: Tensor): [Tensor, Tensor] => [c, c];
    expect(() => scan(step, x, { a: zeros([3]), b: zeros([4]) })).toThrow(ShapeError);
    expect(() => scan(step, x, zeros([3]), { length: 2 })).toThrow(ShapeError);
    expect(() => scan(step, x, tensor(3))).toThrow(ShapeError);
    expect(() => scan(step, x)).toThrow(ValueError);
    expect(() => scan(step, x, null, { length: -1 })).toThrow(ValueError);
    expect(() => scan(step, x, null, { length: 1, checkpoint: { arity: 1 } })).toThrow(ValueError);
    expect(() => scan(step, x, null, { length: 1, checkpoint: 0 })).toThrow(ValueError);
    expect(() => scan((c: Tensor) => c as unknown as [Tensor, Tensor], x, null, { length: 1 })).toThrow(
      ValueError,
    );
    let t = 0;
    const changing = (c: Tensor): [Tensor, Tensor] => [c, zeros([++t])];
    expect(() => scan(changing, x, null, { length: 2 })).toThrow(TreeError);
  });
});

describe("whileLoop and cond", () => {
  /** Newton's square root, to a fixed point in rounding. */
  const root = (a: Tensor) =>
    whileLoop(
      ({ error }) => error.abs().greater(1e-14),
      ({ y }) => ({ y: y.add(a.div(y)).mul(0.5), error: y.square().sub(a).div(a) }),
      { y: a, error: tensor(1) },
    ).y;
  test("are differentiated in both modes and to second order", () => {
    expect(root(tensor(2)).item()).toBeCloseTo(Math.SQRT2, 15);
    expect(grad(root)(2).item()).toBeCloseTo(0.5 / Math.SQRT2, 14);
    expect(jvp(root, [2], [1]).tangent.item()).toBeCloseTo(0.5 / Math.SQRT2, 14);
    expect(grad(grad(root))(2).item()).toBeCloseTo(-0.25 * 2 ** -1.5, 13);
    const f = (a: Tensor) => cond(a.sum().greater(0), (b) => b.exp().sum(), (b) => b.square().sum(), a); // prettier-ignore
    expect(grad(f)(tensor([1, 2])).toArray()).toEqual([Math.exp(1), Math.exp(2)]);
    expect(grad(f)(tensor([-1, -2])).toArray()).toEqual([-2, -4]);
  });
  test("refuse what is no condition, and a carry that changes", () => {
    expect(() => cond(x, () => 1, () => 2)).toThrow(ShapeError); // prettier-ignore
    expect(() => whileLoop(() => true, (c: Tensor) => c.sum(), x)).toThrow(TreeError); // prettier-ignore
    expect(whileLoop(() => false, (c: Tensor) => c, x)).toBe(x); // prettier-ignore
  });
});
