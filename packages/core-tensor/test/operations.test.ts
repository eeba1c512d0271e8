import { describe, expect, test } from "@jest/globals";
import * as core from "@cotangent/core-tensor";
import { linalg, Tensor, tensor } from "@cotangent/core-tensor";

/** The operations that users rely on, by the groups in which they are documented. */
const names = {
  creation: "tensor zeros ones full eye arange linspace zerosLike onesLike",
  elementwise: `add sub mul div pow neg abs sign exp expm1 log log1p sqrt rsqrt square reciprocal
    sin cos tan asin acos atan atan2 sinh cosh tanh sigmoid softplus relu erf erfc erfinv lgamma digamma
    maximum minimum clip where floor ceil round mod logaddexp
    equal notEqual less lessEqual greater greaterEqual logicalAnd logicalOr logicalNot isFinite isNaN`,
  reductions: `sum mean prod max min any all argmax argmin logsumexp softmax logSoftmax norm variance std cumsum
    cumprod`,
  products: "matmul dot vdot outer einsum tensordot",
  shape: `reshape ravel squeeze expandDims broadcastTo transpose concatenate stack split slice take takeAlongAxis at
    pad flip roll tile repeat tril triu diag diagonal trace oneHot sort argsort topK`,
  linalg: `solve triangularSolve cholesky lu qr svd eigh det slogdet inv pinv lstsq expm matrixPower tridiagonalSolve`,
  random: `key split fold uniform normal randint permutation choice bernoulli gumbel exponential gamma
    truncatedNormal`,
};
const listOf = (group: keyof typeof names) => names[group].split(/\s+/);

/** Without a tensor as first operand, and so no methods. */
const noMethods = new Set("tensor zeros ones full eye arange linspace einsum concatenate stack".split(" "));

const x = tensor([
  [0.75, 0.25],
  [0.25, 0.5],
]);
const y = tensor([
  [0.5, 0.125],
  [0.25, 1],
]);
const index = tensor([[1], [0]], { dtype: "int32" });

/** Arguments after the first, for the operations that need some. */
const argumentsOf: Readonly<Record<string, readonly unknown[]>> = {
  clip: [0.3, 0.6],
  where: [y, 2],
  reshape: [[4]],
  expandDims: [1],
  broadcastTo: [[3, 2, 2]],
  split: [2],
  slice: [0, [0, 1]],
  take: [1, 1],
  takeAlongAxis: [index, 1],
  pad: [
    [
      [1, 0],
      [0, 2],
    ],
  ],
  roll: [1, { axis: 1 }],
  tile: [[2, 1]],
  repeat: [2, { axis: 0 }],
  tensordot: [y, 1],
  topK: [1],
  solve: [y],
  triangularSolve: [y],
  lstsq: [y],
  matrixPower: [3],
  tridiagonalSolve: [y, x, y],
};
const binary = new Set(
  `add sub mul div pow atan2 maximum minimum mod logaddexp equal notEqual less lessEqual greater greaterEqual
   logicalAnd logicalOr matmul dot vdot outer`.split(/\s+/),
);

type Operation = (...args: unknown[]) => unknown;
const functionNamed = (name: string): Operation =>
  (({ ...core, ...linalg }) as unknown as Record<string, Operation>)[name]!;
const shown = (value: unknown): string =>
  value instanceof Tensor
    ? `${value.dtype} [${value.shape.join()}] ${value.toTypedArray().join()}`
    : Array.isArray(value)
      ? value.map(shown).join("; ")
      : Object.entries(value as object)
          .map(([key, part]) => `${key}: ${shown(part)}`)
          .join("; ");

describe("every operation", () => {
  test("is a function", () => {
    const groups = [
      ...listOf("creation").map((name) => ["", core, name] as const),
      ...listOf("elementwise").map((name) => ["", core, name] as const),
      ...listOf("reductions").map((name) => ["", core, name] as const),
      ...listOf("products").map((name) => ["", core, name] as const),
      ...listOf("shape").map((name) => ["", core, name] as const),
      ...listOf("linalg").map((name) => ["linalg.", linalg, name] as const),
      ...listOf("random").map((name) => ["random.", core.random, name] as const),
    ];
    const missing = groups.filter(
      ([, from, name]) => typeof (from as Record<string, unknown>)[name] !== "function",
    );
    expect(missing.map(([prefix, , name]) => prefix + name)).toEqual([]);
  });

  const withMethod = (["creation", "elementwise", "reductions", "products", "shape", "linalg"] as const)
    .flatMap(listOf)
    .filter((name) => !noMethods.has(name) && name !== "at" && name !== "oneHot");

  test.each(withMethod)("%s as a method does what the function does", (name) => {
    const rest = argumentsOf[name] ?? (binary.has(name) ? [y] : []);
    const method = (x as unknown as Record<string, Operation>)[name];
    expect(typeof method).toBe("function");
    expect(shown(method!.call(x, ...rest))).toBe(shown(functionNamed(name)(x, ...rest)));
  });

  test("at and oneHot as methods", () => {
    expect(shown(x.at(0).set(9))).toBe(shown(core.at(x, 0).set(9)));
    expect(shown(x.at(0).add(9))).toBe(shown(core.at(x, 0).add(9)));
    expect(shown(index.oneHot(2))).toBe(shown(core.oneHot(index, 2)));
  });

  test("options reach the function", () => {
    expect(shown(x.triangularSolve(y, { lower: false }))).toBe(
      shown(linalg.triangularSolve(x, y, { lower: false })),
    );
    expect(shown(x.pinv({ rcond: 0.9 }))).toBe(shown(linalg.pinv(x, { rcond: 0.9 })));
    expect(shown(x.lstsq(y, { rcond: 0.9 }))).toBe(shown(linalg.lstsq(x, y, { rcond: 0.9 })));
    expect(() => x.svd({ fullMatrices: true })).toThrow("fullMatrices");
  });
});
