import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { hostArray, linspace, tensor, type Tensor } from "@cotangent/core-tensor";
import { grad, hvp, jit, jvp, linearize, vmap } from "@cotangent/autodiff";
import { laws } from "@cotangent/autodiff/testing";
import { isConstant } from "../src/program/atom.js";
import { record } from "../src/program/record.js";
import { sameProgram } from "../src/routine/same-program.js";
import { sameBits } from "../src/testing/check-jit.js";

// Large enough for transposing to be put off until the numbers are asked for.
const n = 20;
const X = linspace(-9, 9, n * n).sin().reshape([n, n]); // prettier-ignore
const v = linspace(-1, 1, n);

/** A function that closes over X and its transpose. */
const closing = (transposed: () => Tensor) => (w: Tensor) =>
  transposed().matmul(X.matmul(w).tanh()).square().sum();

test("closing over a transposed matrix gives what closing over its copy gives, under all transformations", () => {
  const copy = tensor(X.matrixTranspose().toTypedArray(), { shape: [n, n] });
  const all = (f: (w: Tensor) => Tensor) => [
    f(v),
    grad(f)(v),
    hvp(f, v, v),
    jvp(f, [v], [v]).tangent,
    linearize(f, v).pushforward(v),
    vmap(grad(f))(X),
    jit(vmap(grad(f)))(X),
    grad((w: Tensor) => vmap(grad(f))(X.mul(w)).sum())(v),
  ];
  const expected = all(closing(() => copy));
  all(closing(() => X.matrixTranspose())).forEach((found, i) => {
    expect(sameBits(found, expected[i]!)).toBe(true);
  });
  for (const f of [closing(() => copy), closing(() => X.matrixTranspose())]) {
    for (let call = 0; call < 3; call++) expect(sameBits(jit(grad(f))(v), expected[1]!)).toBe(true);
  }
});

test("derivatives with respect to what is transposed", () => {
  const f = (A: Tensor) => A.matrixTranspose().matmul(A.mul(0.1).sin()).add(A.matrixTranspose());
  fc.assert(laws.jvpTaylor(f, fc.constant([X] as [Tensor])), { numRuns: 2 });
  fc.assert(laws.jit((A: Tensor) => [f(A), grad((B: Tensor) => f(B).sum())(A)], fc.constant([X] as const)));
});

test("compiled functions read the matrix itself, which has one copy in the memory of the kernels", () => {
  const { optimised } = jit(closing(() => X.matrixTranspose())).lower(v);
  const constants = optimised.equations.flatMap(({ inputs }) => inputs).filter(isConstant);
  expect(constants.filter(({ size }) => size === n * n).map((x) => hostArray(x, "test"))).toEqual([
    hostArray(X, "test"),
    hostArray(X, "test"),
  ]);
  expect(String(optimised)).toContain("transposeA=true");
});

test("programs that close over transposes of one matrix are compared without them", () => {
  const recorded = (y: Tensor) => record(([w]) => [y.matmul(w!)], [v]).program;
  const [y, z] = [X.matrixTranspose(), X.matrixTranspose()];
  expect(sameProgram(recorded(y), recorded(z))).toBe(true);
  expect([y.transposeOf, z.transposeOf]).toEqual([X, X]);
  expect(sameProgram(recorded(y), recorded(X.mul(2).matrixTranspose()))).toBe(false);
});
