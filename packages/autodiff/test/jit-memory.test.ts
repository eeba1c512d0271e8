import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "@jest/globals";
import { linspace, tensor, type Tensor } from "@cotangent/core-tensor";
import { jit, valueAndGrad, type Jitted } from "@cotangent/autodiff";
import { residentCopies } from "../../core-tensor/src/simd/index.js";
import { kernelBytes } from "./kernel-memory.js";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
const nextTurn = () => new Promise((resolve) => setTimeout(resolve, 1));

const MiB = 2 ** 20;
const n = 256;
const w = linspace(0, 1, n);
/** The matrix is an operand twice, so that it is worth a copy. */
const leastSquares = (X: Tensor, v: Tensor) => X.matmul(v).square().sum().add(v.matmul(X).sum());
/** A matrix of half a MiB. */
const matrix = (seed: number) => tensor(new Float64Array(n * n).fill(seed), { shape: [n, n] });

test("a matrix that is captured is copied once, for all functions", () => {
  const X = matrix(1);
  const functions = Array.from({ length: 20 }, () => jit(valueAndGrad((v: Tensor) => leastSquares(X, v))));
  const run = (f: Jitted<[Tensor], unknown>, calls: number) => {
    for (let i = 0; i < calls; i++) f(w);
  };
  run(functions[0]!, 5);
  const before = kernelBytes();
  expect(before).toBeGreaterThan(n * n * 8);
  for (const f of functions) run(f, 100);
  // A copy for each function would be 10 MiB.
  expect(kernelBytes() - before).toBeLessThan(4 * MiB);
});

test("copies of matrices that are gone are given back", async () => {
  const f = jit((X: Tensor, v: Tensor) => leastSquares(X, v));
  // Not in the asynchronous function, which would keep the last matrix while it waits.
  const use = (from: number) => {
    for (let i = 0; i < 8; i++) f(matrix(from + i), w);
  };
  const round = async (from: number) => {
    const before = residentCopies.count;
    use(from);
    expect(residentCopies.count).toBeGreaterThan(before);
    collect();
    // Finalizers run in turns of their own, behind those of all tests that this process has run before.
    for (let turn = 0; turn < 1000 && residentCopies.count > before; turn++) await nextTurn();
    expect(residentCopies.count).toBeLessThanOrEqual(before);
  };
  await round(0);
  const before = kernelBytes();
  for (let k = 1; k < 9; k++) await round(8 * k);
  // 32 MiB of matrices went through it.
  expect(kernelBytes() - before).toBeLessThan(8 * MiB);
});
