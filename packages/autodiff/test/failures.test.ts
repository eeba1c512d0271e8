import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { matmul, tensor, type Tensor } from "@cotangent/core-tensor";
import { customJvp, customVjp, jvp, linearCall } from "@cotangent/autodiff";
import { arbTensor, checkDerivatives, DerivativeError, laws } from "@cotangent/autodiff/testing";

/** The error of something that must fail. */
function failureOf(run: () => unknown): Error {
  try {
    run();
  } catch (error) {
    return error as Error;
  }
  throw new Error("nothing failed");
}

/** As `failureOf`; fast-check gives the error of the law as the cause of its own. */
function derivativeErrorOf(run: () => unknown): DerivativeError {
  const error = failureOf(run);
  if (error instanceof DerivativeError) return error;
  if (error.cause instanceof DerivativeError) return error.cause;
  throw error;
}

const causeOf = <T>(property: fc.IPropertyWithHooks<T>) =>
  derivativeErrorOf(() => {
    fc.assert(property, { seed: 1 });
  });

/** Runs code with the public names in scope. */
function evaluate(code: string, f: unknown): unknown {
  const scope = { tensor, checkDerivatives, laws, fc, f };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- printed code is what is tested
  const body = new Function(...Object.keys(scope), `return ${code}`) as (...values: unknown[]) => unknown;
  return body(...Object.values(scope));
}

/** What stands behind `Again:`, run with the public names, fails with the same text. */
function expectSameAgain({ message }: Error, f: unknown): void {
  const call = /^Again: (.*)$/m.exec(message)![1]!;
  expect(derivativeErrorOf(() => evaluate(call, f)).message).toBe(message);
}

const wrongSquare = customJvp(
  (x: Tensor) => x.square(),
  ([x], [t]) => ({ value: x.square(), tangent: x.mul(t) }),
);
/** A linear map with a transpose of one's own. */
const linearMap = (apply: (t: Tensor) => Tensor, transpose: (u: Tensor) => Tensor) =>
  customJvp(
    (x: Tensor) => apply(x),
    ([x], [t]) => {
      const call = {
        name: "map",
        outputs: [x],
        apply: ([v]: readonly Tensor[]) => [apply(v!)],
        transpose: ([u]: readonly Tensor[]) => [transpose(u!)],
      };
      return { value: apply(x), tangent: linearCall(call, [t])[0]! };
    },
  );
const pairs = fc.tuple(arbTensor({ shape: [2] }));

describe("a failure says where it is, what it saw, and how to see it again", () => {
  test("jvpTaylor", () => {
    const error = failureOf(() => {
      fc.assert(laws.jvpTaylor(wrongSquare, fc.tuple(arbTensor())), { seed: 1 });
    });
    expect(error.message).toMatch(
      /\{ seed: 1, path: "[\d:]+", endOnFailure: true \}\nCounterexample: \[\[tensor\(1\)\],0\]/,
    );
    expect((error.cause as Error).message).toBe(
      `the derivative of order 1 in forward mode is wrong along v, for element 0 of the value
  x = [tensor(1)]
  v = [tensor(1)]
f(x + h v) - f(x) - h f'v should fall as h^2, but it is
  1.221e-4 at h = 1.2e-4
  3.052e-5 at h = 3.1e-5
  7.629e-6 at h = 7.6e-6
  1.907e-6 at h = 1.9e-6
which is as if f'v were 2.0000, not 1.0000.
Look at the derivative rules in f, or for a kink near x.
Again: checkDerivatives(f, [tensor(1)], { modes: ["forward"], seed: 0 })`,
    );
    expectSameAgain(error.cause as Error, wrongSquare);
  });

  test("checkDerivatives in reverse mode, of trees", () => {
    const triple = customVjp((x: Tensor) => x.mul(3), {
      forward: (x) => ({ value: x.mul(3), residuals: null }),
      backward: (_, u) => [u],
    });
    const f = (p: { w: Tensor; b: Tensor }, n: Tensor, x: Tensor) =>
      triple(p.w).mul(p.b).add(x.square()).mul(n);
    const n = tensor([2, 2, 2], { dtype: "int32" });
    const error = failureOf(() => {
      checkDerivatives(f, [{ w: tensor([1, 0.5, -3]), b: 0.1 }, n, 2], { modes: ["reverse"], seed: 7 });
    });
    expect(error.message).toBe(
      `the derivative of order 1 in reverse mode is wrong along v, for <u, f>
  x = [{ w: tensor([1, 0.5, -3]), b: 0.1 }, tensor([2, 2, 2], { dtype: "int32" }), 2]
  v = [{ b: tensor(0), w: tensor([1, 0, 0]) }, tensor([0, 0, 0], { dtype: "int32" }), tensor(0)]
  u = [tensor([-0.03125, 0.078125, -0.046875])]
f(x + h v) - f(x) - h f'v should fall as h^2, but it is
  -3.052e-6 at h = 2.4e-4
  -7.629e-7 at h = 6.1e-5
  -1.907e-7 at h = 1.5e-5
  -4.768e-8 at h = 3.8e-6
which is as if f'v were -0.018750, not -0.0062500.
Look at the derivative rules in f, or for a kink near x.
Again: checkDerivatives(f, [{ w: tensor([1, 0.5, -3]), b: 0.1 }, tensor([2, 2, 2], { dtype: "int32" }), 2], { modes: ["reverse"], seed: 7 })`,
    );
    expectSameAgain(error, f);
  });

  test("jvpTaylor of order 2", () => {
    const cube = customJvp(
      (x: Tensor) => x.pow(3),
      ([x], [t]) => ({ value: x.pow(3), tangent: wrongSquare(x).mul(3).mul(t) }),
    );
    const error = failureOf(() => {
      checkDerivatives(cube, [tensor([[1, 2]])], { order: 2, modes: ["forward"] });
    });
    expect(error.message).toContain("order 2 in forward mode is wrong along v, for element 0 of the value\n  x = [tensor([[1, 2]])]\n  v = [tensor([[1, 0]])]\nf(x + h v) - f(x) - h f'v - h^2/2 f''vv should fall as h^3"); // prettier-ignore
    expect(error.message).toContain("as if f''vv were 6.0007, not 3.0000");
    expect(error.message).toContain('{ order: 2, modes: ["forward"], seed: 0 }');
    expectSameAgain(error, cube);
  });

  test("adjoint", () => {
    const A = tensor([
      [1, 2],
      [3, 4],
    ]);
    const f = linearMap(
      (t) => matmul(A, t),
      (u) => matmul(A, u),
    );
    const error = causeOf(laws.adjoint(f, pairs));
    expect(error.message).toBe(
      `reverse mode is not the transpose of forward mode
  x = [tensor([0, 0])]
  v = [tensor([1, 0])]
  u = [tensor([-0.125, -0.25])]
<u, J v> = -0.875 by jvp
<u, J v> = -0.875 by the pushforward of linearize
<J^T u, v> = -0.625 by its pullback
Again: checkDerivatives(f, [tensor([0, 0])], { seed: 0 })`,
    );
    // The same map is met earlier by the Taylor test in reverse mode.
    expect(() => {
      checkDerivatives(f, [tensor([0, 0])], { seed: 0 });
    }).toThrow(DerivativeError);
  });

  test("linear", () => {
    const f = linearMap(
      (t) => t.mul(2),
      (u) => u.square(),
    );
    const { message, failure } = causeOf(laws.linear(f, pairs));
    expect(message).toContain(
      "in reverse mode is not linear\n  x = [tensor([0, 0])]\n  v = [tensor([1, 0])]\n  w = [tensor([0, 0])]\n",
    );
    expect(message).toContain("<p, J^T (a v + w)> = -1.125 with a = -3\na <p, J^T v> + <p, J^T w> = 0.375\n");
    expect(failure).toMatchObject({ law: "linear", seed: 0 });
  });

  test("symmetricHessian", () => {
    const f = customJvp(
      (x: Tensor) => x.prod(),
      ([x], [t]) => ({ value: x.prod(), tangent: x.flip().mul([0, 1]).mul(t).sum() }),
    );
    const { message, failure } = causeOf(laws.symmetricHessian(f, pairs));
    expect(message).toContain("not symmetric");
    expect(message).toContain("<w, H v> by forward over reverse mode: 0.078125");
    expect(message).toContain("<v, H w> by forward over reverse mode: 0\n");
    expect(message.match(/by \w+ over \w+ mode/g)).toHaveLength(8);
    expect(failure).toMatchObject({ law: "symmetric", order: 2, mode: "both" });
  });

  test("dtypes", () => {
    const f = linearMap(
      (t) => t,
      (u) => u.astype("float64"),
    );
    expect(causeOf(laws.dtypes(f, fc.tuple(arbTensor()))).message).toBe(
      `the cotangent of argument 0 is a float64[], but should be a float32[]
  x = [tensor(0, { dtype: "float32" })]
Again: checkDerivatives(f, [tensor(0, { dtype: "float32" })], { seed: 0 })`,
    );
  });

  test("batching", () => {
    let calls = 0;
    const f = (x: Tensor) => x.mul(calls++ === 0 ? 1 : 2);
    const error = causeOf(laws.batching(f, fc.tuple(arbTensor({ shape: [2] })), { outAxes: -1 }));
    expect(error.message).toMatch(/^batching is not looping: leaf 0 of vmap\(f\) differs from those of the 2 examples\n {2}x = \[tensor\(\[.*\]\)\]\n {2}batched = tensor\(\[.*\]\)\n {2}looped = tensor/); // prettier-ignore
    expect(error.message).toMatch(
      /^Again: fc.assert\(laws.batching\(f, fc.constant\(\[tensor\(.*\)\]\), \{ outAxes: -1 \}\)\)$/m,
    );
    calls = 0;
    const call = /^Again: (.*)$/m.exec(error.message)![1]!;
    expect(() => evaluate(call, f)).toThrow();
  });

  test("a point that cannot be checked", () => {
    expect(() => {
      checkDerivatives((p: { a: Tensor }) => p.a.log(), [{ a: tensor([1, -1]) }]);
    }).toThrow("not finite at this point, x = [{ a: tensor([1, -1]) }]: f(x) = [tensor([0, NaN])]");
    expect(() => {
      checkDerivatives((x: Tensor) => x.sqrt(), [tensor([0])]);
    }).toThrow("not finite near this point, x = [tensor([0])]");
  });
});

test("the direction is a unit vector where one suffices, whatever the size of x", () => {
  const f = customJvp(
    (x: Tensor) => x.square(),
    ([x], [t]) => ({ value: x.square(), tangent: x.mul(2).mul(t).mul([1, 1, 1, 2, 1]) }),
  );
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom(1e-100, 1e-3, 1, 1e3, 1e100), (seed, size) => {
      const x = tensor([1, -2, 3, -4, 5]).mul(size);
      const { failure } = derivativeErrorOf(() => {
        checkDerivatives(f, [x], { seed });
      });
      expect(String(failure!.direction)).toBe("[0, 0, 0, 1, 0]");
    }),
    { numRuns: 30 },
  );
});

test("with the error's seed, point and direction the derivative can be looked at", () => {
  const { failure } = derivativeErrorOf(() => {
    checkDerivatives(wrongSquare, [tensor([3, 4])]);
  });
  const [point, direction] = [failure!.point, failure!.direction] as [[Tensor], [Tensor]];
  expect(String(jvp(wrongSquare, point, direction).tangent)).toBe("[3, 0]");
});
