import { describe, expect, test } from "@jest/globals";
import { tensor, type Tensor } from "@cotangent/core-tensor";
import { jit, tree } from "@cotangent/autodiff";
import { countOperations } from "./count-operations.js";

interface Layers {
  readonly w: Tensor;
  readonly layers: readonly { readonly b: Tensor }[];
}

const layers = (w: number, ...b: number[]): Layers => ({
  w: tensor([w, 1]),
  layers: b.map((value) => ({ b: tensor(value) })),
});
const f = ({ w, layers: all }: Layers) => ({ sum: all.reduce((sum, { b }) => sum.add(b), w), first: w });

/** f compiled and called three times, so that what follows finds a plan. */
function warm<A extends readonly unknown[]>(g: (...args: A) => unknown, ...args: A) {
  const compiled = jit(g);
  for (let call = 0; call < 3; call++) compiled(...args);
  return compiled as (...others: readonly unknown[]) => unknown;
}

describe("calls with trees", () => {
  const compiled = warm(f, layers(1, 2, 3));
  const text = (x: unknown) => tree.leaves(x).map(String).join("; ");

  test("of the last structure run the plan, whatever the order of the keys", () => {
    const { w, layers: all } = layers(5, 6, 7);
    expect(text(compiled({ layers: all, w }))).toBe("[5, 1]; [18, 14]");
    expect(countOperations(() => compiled(layers(5, 6, 7))).calls).toBe(0);
    expect(compiled(layers(5, 6, 7))).toMatchObject({ sum: {}, first: {} });
  });
  test("of another structure, shape or dtype are told apart", () => {
    expect(text(compiled(layers(1, 2)))).toBe("[1, 1]; [3, 3]");
    expect(text(compiled(layers(1, 2, 3, 4)))).toBe("[1, 1]; [10, 10]");
    expect(text(compiled({ ...layers(1, 2, 3), w: tensor([1, 2, 3]) }))).toBe("[1, 2, 3]; [6, 7, 8]");
    const single = compiled({ ...layers(1, 2, 3), w: tensor([1.5, 2], { dtype: "float32" }) });
    expect(tree.leaves(single).map((x) => x.dtype)).toEqual(["float32", "float64"]);
    expect(() => compiled([layers(1, 2)])).toThrow();
    expect(() => compiled({ layers: [] })).toThrow();
    expect(() => compiled(layers(1, 2), 3)).not.toThrow();
  });
  test("with more keys are others, also with hidden ones", () => {
    const seen = jit((x: Record<string, Tensor>) =>
      tensor(Object.keys(x).map((key) => key.charCodeAt(0) - 96)),
    );
    const g = (x: unknown) => String(seen(x as Record<string, Tensor>));
    const [a, b] = [tensor(1), tensor(2)];
    for (let call = 0; call < 3; call++) expect(g({ a, b })).toBe("[1, 2]");
    expect(g({ a, b, c: a })).toBe("[1, 2, 3]");
    for (let call = 0; call < 3; call++) expect(g({ a, b })).toBe("[1, 2]");
    const hidden = Object.defineProperty({ a, c: b }, "b", { value: b, enumerable: false });
    expect(tree.structure(hidden)).toEqual(tree.structure({ a, c: b }));
    expect(g(hidden)).toBe("[1, 3]");
  });
  test("with numbers, which count as float64", () => {
    const g = warm((x: { a: Tensor }) => x.a.mul(2), { a: tensor(1) });
    expect(String(g({ a: 4 }))).toBe("8");
    expect(String(g({ a: tensor(4, { dtype: "int32" }) }))).toBe("8");
    expect((g({ a: tensor(4, { dtype: "int32" }) }) as Tensor).dtype).toBe("int32");
  });
  test("compare static arguments by value", () => {
    const power = jit((x: { a: Tensor }, n: { k: number }) => x.a.pow(n.k), { static: 1 });
    const at = { a: tensor(3) };
    for (let round = 0; round < 3; round++) {
      for (const k of [1, 2, 2, 2, 3]) expect(power(at, { k }).item()).toBe(3 ** k);
    }
  });
  test("give own properties for every name of a key", () => {
    const key = "__proto__";
    const g = warm((x: Record<string, Tensor>) => ({ [key]: x["a"]! }), { a: tensor(1) });
    const result = g({ a: tensor(2) }) as Record<string, Tensor>;
    expect(Object.keys(result)).toEqual([key]);
    expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
  });
});
