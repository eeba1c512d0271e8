import { afterEach, expect, test } from "@jest/globals";
import { ones, random, tensor } from "@cotangent/core-tensor";
import { LinearSystem, linearSolveWithReport, matrix, type MethodName } from "@cotangent/linsolve";

const original = Float64Array;

/** Counts the vectors that get memory of their own, in whatever way, while `body` runs. */
function vectorsMadeBy(body: () => void): number {
  let count = 0;
  const counting = new Proxy(original, {
    construct(target, args: unknown[], newTarget) {
      // A view of memory that exists, as kernels make them, is none.
      const [first] = args;
      const isView =
        typeof first === "object" && first !== null && "byteLength" in first && !("length" in first);
      if (!isView) count += 1;
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

test("matrices multiply vectors with the bits of matmul", () => {
  const product = matrix(A).product!;
  const y = new Float64Array(n).fill(NaN);
  product(b.toTypedArray() as Float64Array, y);
  expect(tensor(y)).toEqual(A.matmul(b));
  expect(matrix(A.astype("float32")).product).toBeUndefined();
});

test("products with a single row see what changed in the vector since the last one", () => {
  const length = 3000;
  const { multiplyTransposed } = new LinearSystem({ operator: matrix(ones([length, 1])), claims: {} }).view(
    false,
  );
  const x = new Float64Array(length);
  for (let value = 1; value < 20; value++)
    expect([...multiplyTransposed(x.fill(value))]).toEqual([length * value]);
});
