import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  concatenate,
  eye,
  linalg,
  oneHot,
  ones,
  ShapeError,
  sort,
  stack,
  take,
  takeAlongAxis,
  tensor,
  ValueError,
  where,
  zeros,
  type Tensor,
} from "@cotangent/core-tensor";
import {
  BatchedValueError,
  customJvp,
  customVjp,
  grad,
  hvp,
  jacfwd,
  jacrev,
  jvp,
  linearize,
  RuleError,
  TreeError,
  vjp,
  vmap,
} from "@cotangent/autodiff";
import { arbTensor, laws } from "@cotangent/autodiff/testing";
import { checkBatching } from "../src/testing/check-batching.js";

const x = tensor([[1, 2], [3, 5], [-1, 4]]); // prettier-ignore

describe("the axes of", () => {
  test("arguments: any, negative, none, trees", () => {
    const f = (p: { w: Tensor; b: Tensor }, y: Tensor) => ({ out: p.w.mul(y).sum().add(p.b), y });
    const args = [{ w: x, b: tensor([1, 2, 3]) }, x.transpose()] as const;
    checkBatching(f, args, { inAxes: [0, 1] });
    checkBatching(f, args, { inAxes: [{ w: -2, b: 0 }, -1] });
    checkBatching(f, [{ w: x, b: 7 }, tensor([1, 2])], { inAxes: [{ w: 0, b: null }, null] });
  });
  test("results: any, negative, none, trees", () => {
    const f = (y: Tensor) => ({ square: y.square(), constant: ones([2]), pair: [y.sum(), y] });
    checkBatching(f, [x], { outAxes: { square: 1, constant: null, pair: [0, -1] } });
    expect(vmap((_: Tensor) => ones([2]), { outAxes: 1 })(x).shape).toEqual([2, 3]);
  });
  test("an argument that is not mapped may be anything", () => {
    const f = (y: Tensor, options: { scale: string }) => y.mul(Number(options.scale));
    expect(vmap(f, { inAxes: [0, null] })(x, { scale: "2" }).toArray()).toEqual(x.mul(2).toArray());
  });
  test("are refused where they do not fit", () => {
    const f = (a: Tensor, b: Tensor) => a.add(b);
    expect(() => vmap(f)(ones([3]), ones([4]))).toThrow(
      "vmap: all mapped axes must have the same length, the size of the batch, got argument 0: 3; argument 1: 4",
    );
    expect(() => vmap(f)(ones([3]), ones([4]))).toThrow(ShapeError);
    expect(() => vmap(f, { inAxes: null })(ones([3]), ones([3]))).toThrow(ValueError);
    expect(() => vmap(f, { inAxes: [0] })(ones([3]), ones([3]))).toThrow(ValueError);
    expect(() => vmap(f, { inAxes: [0, 1] })(ones([3]), ones([3]))).toThrow(ShapeError);
    expect(() => vmap(f, { inAxes: [0, { a: 0 }] })(ones([3]), ones([3]))).toThrow(TreeError);
    expect(() => vmap(f)(ones([3]), 1)).toThrow("a scalar has no axis to map over");
    expect(() => vmap(f, { outAxes: null })(ones([3]), ones([3]))).toThrow(ValueError);
  });
});

describe("a value under vmap", () => {
  test("has no number", () => {
    for (const read of [
      (y: Tensor) => y.sum().item(),
      (y: Tensor) => y.toArray(),
      (y: Tensor) => y.toTypedArray(),
    ]) {
      expect(() => vmap((y: Tensor) => (read(y), y))(x)).toThrow(BatchedValueError);
    }
    expect(() => vmap((y: Tensor) => (y.sum().item() > 0 ? y : y.neg()))(x)).toThrow(
      "where(condition, a, b)",
    );
    expect(() => grad((z: Tensor) => vmap((y: Tensor) => y.mul(y.sum().item()))(z).sum())(x)).toThrow(
      BatchedValueError,
    );
  });
  test("chooses by where", () => {
    checkBatching((y: Tensor) => where(y.sum().greater(4), y, y.neg()), [x]);
  });
  test("prints as a batch", () => {
    let text = "";
    vmap((y: Tensor) => {
      text = String(y);
      return y;
    })(tensor([[1, 2]]));
    expect(text).toBe("<batch of 1> [[1, 2]]");
  });
  test("that is the same for all examples keeps its number", () => {
    expect(vmap((y: Tensor) => y.mul(tensor(2).item()))(x).toArray()).toEqual(x.mul(2).toArray());
  });
  test("cannot leave", () => {
    let leaked: Tensor | undefined;
    vmap((y: Tensor) => (leaked = y))(x);
    expect(() => leaked!.add(1)).toThrow("after that transformation returned");
  });
});

test("operations that read indices work on batches of them", () => {
  const index = tensor([[0, -1], [1, 1], [-2, 0]], { dtype: "int32" }); // prettier-ignore
  checkBatching((y: Tensor, i: Tensor) => take(y, i), [x, index]);
  checkBatching((y: Tensor, i: Tensor) => takeAlongAxis(y, i), [x, index]);
  checkBatching((i: Tensor) => oneHot(i.abs(), 3), [index]);
  checkBatching((y: Tensor) => sort(y.neg()), [x]);
  checkBatching((y: Tensor) => linalg.solve(y.reshape([2, 1]).mul(y).add(tensor([[3, 1], [0, 2]])), y), [x]); // prettier-ignore
  expect(() => vmap((y: Tensor, i: Tensor) => take(y, i))(x, index.add(1))).toThrow(
    "index 2 is out of range",
  );
  expect(() => vmap((a: Tensor) => linalg.solve(a, ones([2])))(zeros([3, 2, 2]))).toThrow("singular");
});

test("the law is for everyone", () => {
  fc.assert(laws.batching((y: Tensor) => y.sin().sum(), fc.tuple(arbTensor({ shape: [3, 2] }))));
  const reads = laws.batching((y: Tensor) => y.mul(y.size), fc.tuple(arbTensor({ shape: [3, 2] })), {
    inAxes: 1,
  });
  fc.assert(reads);
  // A function that behaves differently when it is batched.
  let calls = 0;
  const counting = laws.batching((y: Tensor) => y.add(calls++), fc.tuple(arbTensor({ shape: [3] })));
  const { failed, errorInstance } = fc.check(counting) as fc.RunDetails<unknown>;
  expect(failed).toBe(true);
  expect(String(errorInstance)).toContain("batching is not looping");
});

const loss = (w: Tensor, y: Tensor) => y.matmul(w).sigmoid().sub(0.5).square().sum();

describe("with derivatives", () => {
  const w = tensor([0.5, -0.25]);
  test("per-example gradients, and the gradient of the mean", () => {
    checkBatching(grad(loss), [w, x], { inAxes: [null, 0] });
    const mean = grad((v: Tensor) => vmap((y: Tensor) => loss(v, y))(x).mean())(w);
    const gradients = vmap(grad(loss), { inAxes: [null, 0] })(w, x);
    mean
      .toTypedArray()
      .forEach((v, i) => expect(v).toBeCloseTo(gradients.mean({ axis: 0 }).toTypedArray()[i]!, 14));
  });
  test("of every kind", () => {
    const f = (y: Tensor) => stack([y.sin().sum(), y.slice(0).mul(y.slice(1)), y.exp().sum()]);
    checkBatching(jacfwd(f), [x]);
    checkBatching(jacrev(f), [x]);
    checkBatching((y: Tensor) => hvp((z: Tensor) => f(z).square().sum(), y, y), [x]);
    checkBatching((y: Tensor) => jvp(f, [y], [y.neg()]).tangent, [x]);
    checkBatching((y: Tensor) => vjp(f, y).pullback(f(y))[0], [x]);
    checkBatching(
      (y: Tensor) =>
        grad((z: Tensor) =>
          grad((u: Tensor) => f(u).square().sum())(z)
            .square()
            .sum(),
        )(y),
      [x],
    );
  });
  test("a pullback is played on a batch of cotangents", () => {
    const { pullback, pushforward } = linearize((y: Tensor) => y.square().cumsum(), tensor([1, 2, 3]));
    checkBatching((ct: Tensor) => pullback(ct)[0], [ones([2, 3]).cumsum({ axis: 1 })]);
    checkBatching((t: Tensor) => pushforward(t), [ones([2, 3]).cumsum({ axis: 1 })]);
  });
  test("nests in any order", () => {
    const k = (a: Tensor, b: Tensor) => a.sub(b).square().sum().neg().exp();
    const gramian = (y: Tensor) => vmap((a: Tensor) => vmap((b: Tensor) => k(a, b))(y))(y);
    const loop = (y: Tensor) =>
      stack([0, 1, 2].map((i) => stack([0, 1, 2].map((j) => k(y.slice(i), y.slice(j))))));
    const [g, h] = [gramian, loop].map((f) => grad((y: Tensor) => f(y).square().sum())(x).toTypedArray());
    g!.forEach((v, i) => expect(v).toBeCloseTo(h![i]!, 14));
    const [p, q] = [gramian, loop].map((f) => hvp((y: Tensor) => f(y).square().sum(), x, x).toTypedArray());
    p!.forEach((v, i) => expect(v).toBeCloseTo(q![i]!, 13));
  });
});

describe("custom rules", () => {
  // Wrong on purpose by a factor, so that it shows whether the rule is used.
  const jvpRule: (y: Tensor, s: Tensor) => Tensor = customJvp(
    (y: Tensor, s: Tensor) => y.mul(s),
    ([y, s], [dy, ds]) => ({ value: jvpRule(y, s), tangent: dy.mul(s).mul(10).add(y.mul(ds)) }),
  );
  const vjpRule = customVjp((y: Tensor, s: Tensor) => y.mul(s), {
    forward: (y, s) => ({ value: y.mul(s), residuals: { y, s } }),
    backward: ({ y, s }, ct) => [ct.mul(s).mul(10), ct.mul(y).sum()],
  });
  for (const [name, f] of [
    ["customJvp", jvpRule],
    ["customVjp", vjpRule],
  ] as const) {
    test(`${name}: on every subset of batched arguments, inside and outside of grad`, () => {
      const s = tensor([2, 3, 4]);
      for (const [inAxes, args] of [
        [
          [0, 0],
          [x, s],
        ],
        [
          [0, null],
          [x, tensor(2)],
        ],
        [
          [null, 0],
          [tensor([1, 2]), s],
        ],
      ] as const) {
        checkBatching(f, args, { inAxes });
        checkBatching(
          grad((y: Tensor, z: Tensor) => f(y, z).square().sum(), { argnums: [0, 1] }),
          args,
          { inAxes },
        );
        const looped = (y: Tensor, z: Tensor) =>
          stack([0, 1, 2].map((k) => f(inAxes[0] === 0 ? y.slice(k) : y, inAxes[1] === 0 ? z.slice(k) : z)));
        const batched = (y: Tensor, z: Tensor) => vmap(f, { inAxes })(y, z);
        const [found, expected] = [batched, looped].map((g) =>
          grad((y: Tensor, z: Tensor) => g(y, z).square().sum(), { argnums: [0, 1] })(...args),
        );
        found!.forEach((v, i) => expect(v.toArray()).toEqual(expected![i]!.toArray()));
        const [second, wanted] = [batched, looped].map((g) =>
          grad((y: Tensor) =>
            grad((u: Tensor) => g(u, args[1]).pow(3).sum())(y)
              .square()
              .sum(),
          )(args[0]),
        );
        expect(second!.toArray()).toEqual(wanted!.toArray());
      }
    });
  }
  test("a pullback of a batch is played on a batch, when the first has returned", () => {
    const { pullback } = vjp((y: Tensor) => vmap(vjpRule, { inAxes: [0, null] })(y, tensor(2)), x);
    const cts = stack([x, x.neg(), ones([3, 2])]);
    checkBatching((ct: Tensor) => pullback(ct)[0], [cts]);
  });
  test("may close over a batched value", () => {
    const f = (y: Tensor) =>
      customJvp(
        (z: Tensor) => z.mul(y),
        ([z], [t]) => ({ value: z.mul(y), tangent: t.mul(y) }),
      )(y.add(1));
    checkBatching(f, [x]);
    expect(() => grad((z: Tensor) => vmap(f)(z).sum())(x)).toThrow(RuleError);
  });
});

test("empty batches and batches of one", () => {
  for (const size of [0, 1]) {
    const f = (y: Tensor) => concatenate([y.exp(), y.slice([null, null, -1])]).cumsum();
    expect(vmap(f)(ones([size, 2])).shape).toEqual([size, 4]);
    expect(vmap(grad((y: Tensor) => f(y).sum()))(ones([size, 2])).shape).toEqual([size, 2]);
  }
});

describe("a Jacobian from a batch of unit vectors", () => {
  const f = (p: { w: Tensor; b: Tensor }) => ({ y: p.w.sin().matmul(x.transpose()).add(p.b), z: p.b.exp() });
  const at = { w: tensor([[1, 2], [3, -1], [0, 1], [2, 2], [-1, 0]]), b: tensor(0.5) }; // prettier-ignore
  test("is that of a loop", () => {
    const { pushforward } = linearize(f, at);
    for (const J of [jacfwd(f)(at), jacrev(f)(at)]) {
      expect(J.y.w.shape).toEqual([5, 3, 5, 2]);
      for (let k = 0; k < 10; k++) {
        const unit = tensor(
          Float64Array.from({ length: 10 }, (_, i) => (i === k ? 1 : 0)),
          { shape: [5, 2] },
        );
        const column = pushforward({ w: unit, b: 0 }).y.toTypedArray();
        const found = J.y.w.reshape([15, 10]).slice(null, k).toTypedArray();
        found.forEach((v, i) => expect(v).toBeCloseTo(column[i]!, 14));
      }
      expect(J.y.b.toArray()).toEqual(ones([5, 3]).toArray());
      expect(J.z.w.abs().toArray()).toEqual(zeros([5, 2]).toArray());
    }
  });
  test("in several parts, where it is large", () => {
    const n = 700;
    const J = jacfwd((y: Tensor) => y.square())(ones([n]));
    expect(J.shape).toEqual([n, n]);
    expect(J.sum().item()).toBe(2 * n);
    expect(
      J.matmul(ones([n]))
        .sub(2)
        .norm()
        .item(),
    ).toBe(0);
  });
  test("uses rules that read numbers", () => {
    const reading = customVjp((y: Tensor) => y.square(), {
      forward: (y) => ({ value: y.square(), residuals: y }),
      backward: (y, ct) => [tensor(ct.toTypedArray()).mul(y).mul(2)],
    });
    const y = ones([9]).cumsum();
    expect(jacrev(reading)(y).toArray()).toEqual(eye(9).mul(y).mul(2).toArray());
  });
});
