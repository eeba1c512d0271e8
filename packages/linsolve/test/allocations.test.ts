import { afterEach, expect, test } from "@jest/globals";
import { random, tensor, type Tensor } from "@cotangent/core-tensor";
import { hessian, jacobian, linearSolveWithReport, matrix, type MethodName } from "@cotangent/linsolve";

const original = Float64Array;

/** Counts the vectors that are made, in whatever way, while `body` runs. */
function vectorsMadeBy(body: () => void): number {
  let count = 0;
  const counting = new Proxy(original, {
    construct(target, args: unknown[], newTarget) {
      count += 1;
      return Reflect.construct(target, args, newTarget) as object;
    },
  });
  globalThis.Float64Array = counting;
  Object.defineProperty(original.prototype, "constructor", { value: counting, configurable: true });
  body();
  restore();
  return count;
}

function restore(): void {
  globalThis.Float64Array = original;
  Object.defineProperty(original.prototype, "constructor", { value: original, configurable: true });
}

afterEach(restore);

const n = 40;
const noise = random.normal(random.key(3), { shape: [n, n] });
/** Symmetric positive definite, and too badly conditioned to be solved in 30 iterations. */
const A = noise.matmul(noise.T);
const b = random.normal(random.key(4), { shape: [n] });

const methods: readonly MethodName[] = ["cg", "minres", "bicgstab", "gmres", "normalCg"];

test.each(methods)("%s makes no vector in its iterations", (method) => {
  const made = [10, 30].map((maxIterations) => {
    let iterations = 0;
    const count = vectorsMadeBy(() => {
      const options = { method, maxIterations, restart: 5, tolerance: { relative: 1e-15 } } as const;
      iterations = linearSolveWithReport(matrix(A), b, { ...options, onFailure: "return" }).report.iterations;
    });
    expect(iterations).toBe(maxIterations);
    return count;
  });
  expect(made[1]).toBe(made[0]);
});

test("a vector that is made is counted", () => {
  expect(vectorsMadeBy(() => b.toTypedArray().map((x) => x))).toBe(2);
});

/** Its Jacobian at x is badly conditioned and not symmetric. */
const f = (x: Tensor) => A.matmul(x).add(x.roll(1).sin()).add(x.pow(3));
const x = random.normal(random.key(5), { shape: [n] });

test("of a function that is multiplied with often, products are compiled: the same bits, and it runs once", () => {
  let calls = 0;
  const counted = (y: Tensor) => {
    calls += 1;
    return f(y);
  };
  const J = jacobian(counted, x);
  const H = hessian((y: Tensor) => f(y).square().sum(), x);
  for (const operator of [J, J.transpose(), H]) {
    const expected = operator.apply(b).toTypedArray();
    for (let k = 0; k < 70; k++) expect(operator.apply(b).toTypedArray()).toEqual(expected);
  }
  expect(calls).toBe(1);
  const { report } = linearSolveWithReport(J, b, { method: "gmres", restart: 40 });
  expect(report.status).toBe("converged");
});

test("matrices multiply vectors with the bits of matmul", () => {
  const product = matrix(A).product!;
  const y = new Float64Array(n).fill(NaN);
  product(b.toTypedArray() as Float64Array, y);
  expect(tensor(y)).toEqual(A.matmul(b));
  expect(matrix(A.astype("float32")).product).toBeUndefined();
});
