import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { expect, test } from "@jest/globals";
import { linspace, tensor, type Tensor } from "@cotangent/core-tensor";
import { jit, valueAndGrad, type Jitted } from "@cotangent/autodiff";
import { kernelBytes } from "./kernel-memory.js";

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

/** Rounds of 8 matrices of half a MiB, each an operand twice; prints how many copies there are after each, or before. */
const rounds = `
import { linspace, tensor } from "@cotangent/core-tensor";
import { jit } from "@cotangent/autodiff";
import { residentCopies } from "../../core-tensor/src/simd/index.js";
const w = linspace(0, 1, 256);
const f = jit((X, v) => X.matmul(v).square().sum().add(v.matmul(X).sum()));
const use = () => {
  for (let i = 0; i < 8; i++) f(tensor(new Float64Array(256 * 256).fill(i), { shape: [256, 256] }), w);
};
for (let round = 0; round < 5; round++) {
  use();
  const most = residentCopies.count;
  globalThis.gc();
  for (let turn = 0; turn < 1000 && residentCopies.count > 0; turn++) await new Promise((go) => setTimeout(go, 1));
  console.log(most, residentCopies.count);
}`;

// In a process of its own: one that has run many tests may not run finalizers any more.
test("copies of matrices that are gone are given back", () => {
  const source = (...path: string[]) => join(import.meta.dirname, "..", "..", ...path, "index.ts");
  const entries = readdirSync(join(source("core-tensor", "src"), "..")).map((entry) => {
    return [`@cotangent/core-tensor/${entry}`, source("core-tensor", "src", entry)];
  });
  const { outputFiles } = buildSync({
    stdin: { contents: rounds, resolveDir: import.meta.dirname, loader: "ts" },
    alias: {
      ...Object.fromEntries(entries),
      "@cotangent/core-tensor": source("core-tensor", "src"),
      "@cotangent/autodiff": source("autodiff", "src"),
    },
    external: ["gpu.js"],
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
  });
  const { stdout, stderr } = spawnSync(process.execPath, ["--expose-gc", "--input-type=module"], {
    input: outputFiles[0]!.text,
    encoding: "utf8",
  });
  expect({ stdout, stderr }).toEqual({ stdout: "8 0\n".repeat(5), stderr: "" });
}, 60_000);
