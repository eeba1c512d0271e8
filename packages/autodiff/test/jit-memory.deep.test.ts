import { expect, test } from "@jest/globals";
import { tensor, type Tensor } from "@cotangent/core-tensor";
import { jit } from "@cotangent/autodiff";
import { kernelBytes } from "./kernel-memory.js";

const MiB = 2 ** 20;

test("a synchronous loop over data sets keeps to the budget of their copies", () => {
  const [rows, columns] = [1024, 512];
  const v = tensor(new Float64Array(columns).fill(1));
  for (let i = 0; i < 150; i++) {
    // 4 MiB, closed over by a function of its own, and dropped with it.
    const X = tensor(new Float64Array(rows * columns).fill(i), { shape: [rows, columns] });
    const f = jit((u: Tensor) =>
      X.matmul(u)
        .sum()
        .add(X.matrixTranspose().matmul(X.matmul(u)).sum()),
    );
    for (let call = 0; call < 3; call++) f(v);
  }
  // 600 MiB went through a budget of 256; memory grows by halves. There are copies, else this would say nothing.
  expect(kernelBytes()).toBeGreaterThan(100 * MiB);
  expect(kernelBytes()).toBeLessThan(1.5 * 300 * MiB);
});
