import { describe, expect, test } from "@jest/globals";
import { concatenate, stack, sub, tensor, zeros, type Tensor } from "@cotangent/core-tensor";
import { grad, jit, PatternError, sparseHessian, sparseJacobian, vmap } from "@cotangent/autodiff";

describe("sparse derivatives inside of jit", () => {
  const f = (x: Tensor) =>
    sub(x.slice([1, null]), x.slice([0, -1]))
      .square()
      .square();
  const energy = (x: Tensor) => f(x).sum();
  const x = tensor([0, 1, 3, 6, -2]);

  test("find the pattern once, and compute the entries in every call", () => {
    let calls = 0;
    const counted = (y: Tensor) => {
      calls += 1;
      return f(y);
    };
    const [J, H] = [
      jit((y: Tensor) => sparseJacobian(counted, y).data),
      jit((y: Tensor) => sparseHessian(energy, y)),
    ];
    for (const y of [x, x.mul(2), x.neg()]) {
      expect(J(y).toArray()).toEqual(sparseJacobian(f, y).data.toArray());
      const [found, wanted] = [H(y), sparseHessian(energy, y)];
      expect([found.data, found.indices, found.indptr].map(String)).toEqual(
        [wanted.data, wanted.indices, wanted.indptr].map(String),
      );
    }
    expect(calls).toBe(1);
  });
  test("are differentiated and batched", () => {
    const total = (y: Tensor) => sparseHessian(energy, y).data.square().sum();
    const close = (a: Tensor, b: Tensor) =>
      expect(a.sub(b).abs().max().item()).toBeLessThan(1e-9 * b.abs().max().item());
    close(jit(grad(total))(x), grad(total)(x));
    close(grad(jit(total))(x), grad(total)(x));
    const batch = (g: (y: Tensor) => Tensor) => vmap(g)(stack([x, x.mul(2)]));
    close(batch(jit(total)), batch(total));
    close(jit(vmap(total))(stack([x, x.mul(2)])), batch(total));
  });
  test("are checked when they are computed", () => {
    const diagonal = [[1, 0, 0, 0, 0], [0, 1, 0, 0, 0], [0, 0, 1, 0, 0], [0, 0, 0, 1, 0]]; // prettier-ignore
    const wrong = jit((y: Tensor) => sparseJacobian(f, y, { pattern: diagonal }).data);
    for (let run = 0; run < 2; run++) {
      expect(() => wrong(x)).toThrow(PatternError);
      expect(
        wrong(zeros([5]))
          .equal(0)
          .all()
          .item(),
      ).toBe(1);
    }
    // Terms that cancel: rounding is larger than that of the entries.
    const cancels = (y: Tensor) =>
      y
        .mul(1e9)
        .add(f(concatenate([y, y.slice([0, 1])])))
        .sub(y.mul(1e9));
    expect(jit((y: Tensor) => sparseJacobian(cancels, y).data)(x).toArray()).toEqual(
      sparseJacobian(cancels, x).data.toArray(),
    );
  });
});
