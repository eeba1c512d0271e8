import { describe, expect, test } from "@jest/globals";
import { linalg, stack, tensor, type Tensor } from "@cotangent/core-tensor";
import { grad, hessian, jit, jvp, tree, vmap } from "@cotangent/autodiff";

const text = (results: readonly Tensor[]) => results.map((x) => JSON.stringify(x.toArray()));

const det = (a: Tensor) => linalg.det(a);
const expm = (a: Tensor) => linalg.expm(a);

/** Of several ranks: 3, 2, 1, 0; and one whose exponential needs more squarings. */
const matrices = tensor([
  [[2, -1, 0.5], [0.25, 3, 1], [-1, 0.5, 1.5]],
  [[1, 2, 3], [4, 5, 6], [5, 7, 9]],
  [[1, 2, -1], [2, 4, -2], [3, 6, -3]],
  [[0, 0, 0], [0, 0, 0], [0, 0, 0]],
  [[20, 1, 0], [0, -30, 2], [1, 0, 4]],
]); // prettier-ignore
const each = (f: (a: Tensor) => Tensor) => stack([0, 1, 2, 3, 4].map((k) => f(matrices.slice(k))));

const functions: Readonly<Record<string, (a: Tensor) => Tensor>> = {
  det,
  "slogdet: sign": (a) => linalg.slogdet(a).sign,
  "slogdet: logabsdet of A A^T + I": (a) => {
    const { logabsdet } = linalg.slogdet(a.matmul(a.matrixTranspose()).add(linalg.matrixPower(a, 0)));
    return logabsdet;
  },
  expm: (a) => linalg.expm(a.mul(0.5)),
  "matrixPower, inv": (a) => linalg.inv(linalg.matrixPower(a, 2).add(linalg.matrixPower(a, 0).mul(1e4))),
};

describe.each(Object.entries(functions))("%s", (_, f) => {
  test("of a batch, under vmap, and inside of jit are the same", () => {
    const expected = text([each(f)]);
    expect(text([f(matrices)])).toEqual(expected);
    expect(text([vmap(f)(matrices)])).toEqual(expected);
    expect(text([vmap(jit(f))(matrices)])).toEqual(expected);
    expect(text([jit(vmap(f))(matrices)])).toEqual(expected);
    expect(text([vmap(vmap(f))(matrices.expandDims(0))])).toEqual(text([each(f).expandDims(0)]));
  });
  test("and so are their derivatives", () => {
    const total = (a: Tensor) => f(a).sum();
    const along = (g: typeof f) => (a: Tensor) => jvp(g, [a], [a.cos()]).tangent;
    for (const derivative of [(g: typeof f) => grad(g), (g: typeof f) => hessian(g), along]) {
      const expected = each(derivative(total));
      for (const found of [
        vmap(derivative(total))(matrices),
        vmap(derivative(jit(total)))(matrices),
        jit(vmap(derivative(total)))(matrices),
      ]) {
        const scale = tree.norm(expected).item() + 1;
        expect(tree.norm(found.sub(expected)).item() / scale).toBeLessThan(1e-14);
      }
    }
  });
});

test("the determinant inside of jit is right to its third derivative, whatever the rank", () => {
  // det (a + t b) is a polynomial: its derivatives at 0 are those of the expansion without jit.
  const b = tensor([[1, -1, 2], [0.5, 1, 1], [-2, 0.25, 1]]); // prettier-ignore
  const nth = (f: (a: Tensor) => Tensor, order: number): ((t: Tensor) => Tensor) =>
    order === 0 ? (t) => f(t) : grad(nth(f, order - 1));
  for (let k = 0; k < 4; k++) {
    const a = matrices.slice(k);
    for (let order = 0; order <= 3; order++) {
      const [plain, compiled] = [det, jit(det)].map((f) =>
        nth((t) => f(a.add(b.mul(t))), order)(tensor(0)).item(),
      );
      expect(Math.abs(compiled! - plain!)).toBeLessThan(1e-12);
    }
  }
});

test("the determinant of a matrix with something that is no number is none", () => {
  for (const n of [1, 3, 12]) {
    const a = tensor(Array.from({ length: n * n }, (_, i) => (i === n - 1 ? NaN : Math.sin(i)))).reshape([
      n,
      n,
    ]);
    const found = [det(a), jit(det)(a), vmap(det)(a.expandDims(0)).slice(0)];
    expect(found.map((x) => x.item())).toEqual([NaN, NaN, NaN]);
  }
});

test("expm inside of jit refuses what needs more squarings than it does", () => {
  const f = jit(expm);
  const decaying = tensor([[-1, 0], [0, 0]]); // prettier-ignore
  expect(f(decaying.mul(1e5)).toArray()).toEqual(expm(decaying.mul(1e5)).toArray());
  expect(() => f(decaying.mul(1e6))).toThrow("linalg.expm: inside of jit");
});
