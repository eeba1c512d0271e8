import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "@jest/globals";
import { linalg, tensor, type Tensor } from "@cotangent/core-tensor";
import {
  grad,
  hessian,
  hvp,
  jacfwd,
  jacobian,
  jacrev,
  jvp,
  linearize,
  valueAndGrad,
  vjp,
} from "@cotangent/autodiff";

const list = (x: Tensor) => x.toArray();

/** What `node --expose-gc` has from the start. */
function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
}

describe("derivatives", () => {
  test("of scalars, to any order", () => {
    let f = (x: Tensor) => x.sin();
    const values: number[] = [];
    for (let k = 0; k < 5; k++) {
      values.push(f(tensor(0.5)).item());
      f = grad(f);
    }
    const [s, c] = [Math.sin(0.5), Math.cos(0.5)];
    expect(values).toEqual([s, c, -s, -c, s]);
  });
  test("no perturbation confusion", () => {
    const d = grad((x: Tensor) => x.mul(grad((y: Tensor) => x.add(y))(1)));
    expect(d(1).item()).toBe(1);
    const e = jvp((x: Tensor) => jvp((y: Tensor) => x.mul(y), [x], [1]).tangent.mul(x), [3], [1]);
    expect(e.tangent.item()).toBe(6);
  });
  test("of trees", () => {
    const g = grad((p: { w: Tensor; b: Tensor }) => p.w.mul(p.b).sum())({ w: tensor([1, 2]), b: 3 });
    expect(list(g.w)).toEqual([3, 3]);
    expect(list(g.b)).toEqual(3);
    const [v, [ga, gb]] = valueAndGrad((a: Tensor, b: Tensor) => a.mul(b).sum(), { argnums: [0, 1] })(
      tensor([1, 2]),
      4,
    );
    expect(v.item()).toBe(12);
    expect(list(ga)).toEqual([4, 4]);
    expect(list(gb)).toEqual(3);
  });
  test("jacobians and hessians", () => {
    const f = (x: Tensor) => x.square().mul(x.sum());
    const x = tensor([1, 2, 3]);
    expect(list(jacfwd(f)(x))).toEqual(list(jacrev(f)(x)));
    expect(list(jacobian(f)(x))).toEqual([
      [13, 1, 1],
      [4, 28, 4],
      [9, 9, 45],
    ]);
    expect(list(hessian((y: Tensor) => y.pow(3).sum())(x))).toEqual([
      [6, 0, 0],
      [0, 12, 0],
      [0, 0, 18],
    ]);
    expect(list(hvp((y: Tensor) => y.pow(3).sum(), x, tensor([1, 1, 1])))).toEqual([6, 12, 18]);
  });
  test("through linear algebra", () => {
    const A = tensor([
      [4, 1],
      [1, 3],
    ]);
    const g = grad((a: Tensor) => linalg.solve(a, [1, 2]).sum())(A);
    const x = linalg.solve(A, [1, 2]);
    const lambda = linalg.solve(A.T, [1, 1]);
    const want = lambda.outer(x).neg();
    expect(g.sub(want).norm().item()).toBeLessThan(1e-15);
  });
  test("a pullback is played again and again", () => {
    let runs = 0;
    const { pullback } = vjp(
      (x: Tensor) => {
        runs += 1;
        return x.exp();
      },
      tensor([0, 1]),
    );
    pullback(tensor([1, 0]));
    pullback(tensor([0, 1]));
    expect(runs).toBe(1);
    const { pushforward } = linearize((x: Tensor) => x.exp(), tensor([0, 1]));
    expect(list(pushforward(tensor([1, 0])))).toEqual([1, 0]);
  });
  test("tangents and gradients have the dtype of their value", () => {
    const x = tensor([1, 2], { dtype: "float32" });
    const f = (y: Tensor) => y.square().sum();
    expect(vjp(f, x).pullback(1)[0].dtype).toBe("float32");
    expect(grad(f)(x).dtype).toBe("float32");
    expect(jvp(f, [x], [tensor([1, 1])]).tangent.dtype).toBe("float32");
    expect(linearize(f, x).pushforward(tensor([1, 1])).dtype).toBe("float32");
  });
  test("an auxiliary output leaves the transformation with its numbers, and keeps outer derivatives", () => {
    const f = (x: Tensor) => [x.square(), { twice: x.mul(2), list: [x, "text"] }] as const;
    const [g, aux] = grad(f, { hasAux: true })(3);
    expect([g.item(), aux.twice.add(1).item(), aux.list[0]]).toEqual([6, 7, tensor(3)]);
    const [[value, again], h] = valueAndGrad(f, { hasAux: true })(3);
    expect([value.item(), again.twice.item(), h.item()]).toEqual([9, 6, 6]);
    const ofAux = grad((x: Tensor) => grad(f, { hasAux: true })(x)[1].twice);
    expect(ofAux(3).item()).toBe(2);
  });
  test("an auxiliary record without traced values is handed on itself, and can still be written to", () => {
    const log: string[] = [];
    const [, aux] = grad((x: Tensor) => [x.square(), { log, x }] as const, { hasAux: true })(3);
    log.push("later");
    expect(aux.log).toBe(log);
  });
  test("argnums that name an argument twice are refused", () => {
    expect(() => grad((x: Tensor, y: Tensor) => x.mul(y), { argnums: [0, 0] })(2, tensor(3))).toThrow(
      "argnums names an argument twice: [0, 0]",
    );
  });
  test("of saturated functions keep their digits", () => {
    for (const x of [-20, -3, 0.1, 10, 20]) {
      const sech = 2 / (Math.exp(x) + Math.exp(-x));
      expect(grad((t: Tensor) => t.tanh())(x).item() / sech ** 2).toBeCloseTo(1, 14);
      expect(grad((t: Tensor) => t.expm1())(-40 + x).item() / Math.exp(-40 + x)).toBeCloseTo(1, 14);
    }
  });
  test("of a norm at 0 are 0, of every order", () => {
    expect(list(grad((x: Tensor) => x.norm())(tensor([0, 0])))).toEqual([0, 0]);
    expect(list(hessian((x: Tensor) => x.norm())(tensor([0, 0])))).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(list(grad((x: Tensor) => x.norm())(tensor([NaN, 1])))).toEqual([NaN, NaN]);
  });
  test("a leaked value can be printed, and nothing else", () => {
    let leaked = tensor(0);
    grad((x: Tensor) => (leaked = x.mul(2)))(3);
    expect(String(leaked)).toBe("6");
    expect(() => leaked.add(1)).toThrow("is used after that transformation returned");
    expect(() => leaked.item()).toThrow("is used after that transformation returned");
  });
  test("a tape keeps what its outputs depend on, and no more", () => {
    const operands: WeakRef<Tensor>[] = [];
    const record = () =>
      vjp(
        (x: Tensor) => {
          const unused = tensor([1, 2]);
          operands.push(new WeakRef(unused));
          x.mul(unused);
          return x.square();
        },
        tensor([1, 2]),
      );
    const { pullback } = record();
    return new Promise<void>((resolve) => setTimeout(resolve, 0)).then(() => {
      collectGarbage();
      expect(list(pullback(tensor([1, 1]))[0])).toEqual([2, 4]);
      expect(operands[0]!.deref()).toBeUndefined();
    });
  });
});
