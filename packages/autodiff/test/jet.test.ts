import { describe, expect, test } from "@jest/globals";
import { add, linalg, tensor, type PrimitiveName, type Tensor } from "@cotangent/core-tensor";
import { customJvp, grad, jet, jvp, RuleError, TangentError, TreeError } from "@cotangent/autodiff";
import { countOperations } from "./count-operations.js";
import { jetLaw, nextCoefficientLaw } from "./primitive-laws/jets.js";
import { primitiveMatrix } from "./primitive-matrix.js";

/** f', f'', ..., of order K, at a number. */
function derivatives(f: (x: Tensor) => Tensor, at: number, order: number): number[] {
  const direction = Array.from({ length: order }, (_, k) => (k === 0 ? 1 : 0));
  return jet(f, [at], [direction]).series.map((d) => d.item());
}

/** A polynomial in one variable, by its coefficients. */
type Polynomial = readonly number[];
const evaluate = (q: Polynomial, x: number) => q.reduceRight((total, c) => total * x + c, 0);

/** Derivatives of tanh: P_{n+1}(y) = P_n'(y) (1 - y^2), with whole coefficients. */
function tanhDerivatives(x: number, order: number): number[] {
  let q: Polynomial = [0, 1];
  return Array.from({ length: order }, () => {
    const slope = q.slice(1).map((c, i) => c * (i + 1));
    q = Array.from({ length: slope.length + 2 }, (_, i) => (slope[i] ?? 0) - (slope[i - 2] ?? 0));
    return evaluate(q, Math.tanh(x));
  });
}

/** Derivatives of 1 / (1 + x^2): (-1)^n n! sin((n + 1) theta) sin(theta)^(n + 1), cot(theta) = x. */
function runge(x: number, order: number): number[] {
  const theta = Math.atan2(1, x);
  let factorial = 1;
  return Array.from({ length: order }, (_, i) => {
    const n = i + 1;
    factorial *= -n;
    return factorial * Math.sin((n + 1) * theta) * Math.sin(theta) ** (n + 1);
  });
}

/** Derivatives of exp(sin x): e^s Q_n(s, c), Q_{n+1} = c Q_n + c dQ_n/ds - s dQ_n/dc, monomials as "i,j". */
function expSin(x: number, order: number): number[] {
  const [s, c] = [Math.sin(x), Math.cos(x)];
  let q = new Map([["0,0", 1]]);
  return Array.from({ length: order }, () => {
    const next = new Map<string, number>();
    const put = (i: number, j: number, value: number) => {
      const key = `${String(i)},${String(j)}`;
      if (value !== 0) next.set(key, (next.get(key) ?? 0) + value);
    };
    for (const [key, value] of q) {
      const [i, j] = key.split(",").map(Number) as [number, number];
      put(i, j + 1, value);
      put(i - 1, j + 1, value * i);
      put(i + 1, j - 1, -value * j);
    }
    q = next;
    let total = 0;
    for (const [key, value] of q) {
      const [i, j] = key.split(",").map(Number) as [number, number];
      total += value * s ** i * c ** j;
    }
    return Math.exp(s) * total;
  });
}

function expectClose(got: readonly number[], expected: readonly number[], tolerance: number): void {
  const scale = Math.max(...expected.map(Math.abs));
  got.forEach((value, i) => {
    expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(
      tolerance * Math.max(Math.abs(expected[i]!), 1e-4 * scale),
    );
  });
}

describe("jet", () => {
  test("the first 8 derivatives of exp(sin x), tanh x and 1 / (1 + x^2)", () => {
    for (const x of [-1.3, -0.4, 0.1, 0.7, 2.1]) {
      expectClose(
        derivatives((t) => t.sin().exp(), x, 8),
        expSin(x, 8),
        1e-10,
      );
      expectClose(
        derivatives((t) => t.tanh(), x, 8),
        tanhDerivatives(x, 8),
        1e-10,
      );
      expectClose(
        derivatives((t) => t.square().add(1).reciprocal(), x, 8),
        runge(x, 8),
        1e-10,
      );
      expectClose(
        derivatives((t) => add(1, t.pow(2)).pow(-1), x, 8),
        runge(x, 8),
        1e-10,
      );
    }
  });
  test("costs as the square of the order", () => {
    const functions: readonly ((x: Tensor) => Tensor)[] = [
      (x) => x.sin().exp(),
      (x) => x.tanh(),
      (x) => x.square().add(1).reciprocal(),
      (x) => x.add(2).log().sqrt().sigmoid().tan().softplus().pow(1.5).div(x.cos()),
    ];
    for (const f of functions) {
      const cost = (order: number) => countOperations(() => derivatives(f, 0.3, order)).calls;
      const costs = [8, 16, 32, 64].map(cost);
      costs.slice(1).forEach((now, i) => {
        expect(now / costs[i]!).toBeLessThan(4.2);
      });
    }
  });
  describe.each(Object.keys(primitiveMatrix) as PrimitiveName[])("of %s", (name) => {
    test.each([jetLaw, nextCoefficientLaw])("$title", ({ check }) => {
      check(name, { numRuns: 6 });
    });
  });
  test("of several arguments, trees, and along a curved line", () => {
    const f = (p: { a: Tensor }, y: Tensor) => [p.a.mul(y), y];
    const { value, series } = jet(
      f,
      [{ a: tensor([1, 2]) }, 3],
      [
        [{ a: tensor([1, 0]) }, { a: tensor([0, 5]) }],
        [2, 7],
      ],
    );
    expect(value.map(String)).toEqual(["[3, 6]", "3"]);
    expect(series.map((s) => s.map(String))).toEqual([
      ["[5, 4]", "2"],
      ["[11, 29]", "7"],
    ]);
  });
  test("powers at 0, and of whole exponents below 0", () => {
    expect(derivatives((x) => x.pow(3), 0, 4)).toEqual([0, 0, 6, 0]);
    expect(derivatives((x) => x.pow(0), 0, 2)).toEqual([0, 0]);
    expect(derivatives((x) => x.pow(-1), -1, 3)).toEqual([-1, -2, -6]);
    expectClose(
      derivatives((x) => x.pow(x), 2, 2),
      [4 * (1 + Math.LN2), 4 * ((1 + Math.LN2) ** 2 + 0.5)],
      1e-12,
    );
  });
  test("nests with the other transformations", () => {
    const third = (x: Tensor) => jet((y: Tensor) => y.sin(), [x], [[1, 0, 0]]).series[2]!;
    expect(grad(third)(0.4).item()).toBeCloseTo(Math.sin(0.4), 14);
    expect(
      derivatives(
        grad((y: Tensor) => y.pow(5)),
        1,
        3,
      ),
    ).toEqual([20, 60, 120]);
    const solve = (t: Tensor) => linalg.solve(tensor([[2, 1], [0, 3]]).add(t), tensor([1, 2])).sum(); // prettier-ignore
    const d1 = jvp(solve, [0], [1]).tangent.item();
    expect(derivatives(solve, 0, 1)[0]).toBeCloseTo(d1, 14);
    expect(jet((x: Tensor) => x.exp(), [1], [[]]).series).toEqual([]);
  });
  test("refuses what does not fit", () => {
    const f = (x: Tensor, y: Tensor) => x.add(y);
    expect(() => jet(f, [1, 2], [[1], [1, 2]])).toThrow(TreeError);
    expect(() => jet(f, [1, 2], [[tensor([1])], [1]])).toThrow(TangentError);
    const custom = customJvp((x: Tensor) => x, ([x], [t]) => ({ value: x, tangent: t })); // prettier-ignore
    expect(() => jet(custom, [1], [[1]])).toThrow(RuleError);
  });
});
