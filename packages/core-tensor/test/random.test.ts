import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  DTypeError,
  random,
  ShapeError,
  tensor,
  ValueError,
  zeros,
  type Tensor,
} from "@cotangent/core-tensor";
import {
  chiSquareScore,
  correlationScore,
  kolmogorov,
  kolmogorovLimit,
  normalCdf,
  normalLimit,
} from "./statistics.js";

const list = (x: Tensor) => Array.from(x.toTypedArray());
const n = 20000;

type Sampler = (key: Tensor, shape: readonly number[]) => Tensor;
const continuous: [string, Sampler, (x: number) => number][] = [
  ["uniform", (k, s) => random.uniform(k, s), (x) => x],
  [
    "uniform on [-3, 2)",
    (k, shape) => random.uniform(k, { shape, minval: -3, maxval: 2 }),
    (x) => (x + 3) / 5,
  ],
  ["float32 uniform", (k, shape) => random.uniform(k, { shape, dtype: "float32" }), (x) => x],
  ["normal", (k, s) => random.normal(k, s), normalCdf],
  ["float32 normal", (k, shape) => random.normal(k, { shape, dtype: "float32" }), normalCdf],
  [
    "normal(2, 3)",
    (k, shape) => random.normal(k, { shape, loc: 2, scale: 3 }),
    (x) => normalCdf((x - 2) / 3),
  ],
  ["exponential(2)", (k, shape) => random.exponential(k, { shape, scale: 2 }), (x) => -Math.expm1(-x / 2)],
  [
    "gumbel(1, 2)",
    (k, shape) => random.gumbel(k, { shape, loc: 1, scale: 2 }),
    (x) => Math.exp(-Math.exp((1 - x) / 2)),
  ],
  [
    "truncatedNormal(-1, 2)",
    (k, s) => random.truncatedNormal(k, -1, 2, s),
    (x) => (normalCdf(x) - normalCdf(-1)) / (normalCdf(2) - normalCdf(-1)),
  ],
  // Closed forms: Gamma(1/2) is half a squared normal, Gamma(1) exponential, Gamma(3) Erlang.
  ["gamma(1/2)", (k, s) => random.gamma(k, 0.5, s), (x) => 2 * normalCdf(Math.sqrt(2 * x)) - 1],
  ["gamma(1)", (k, s) => random.gamma(k, 1, s), (x) => -Math.expm1(-x)],
  ["gamma(3)", (k, s) => random.gamma(k, 3, s), (x) => 1 - Math.exp(-x) * (1 + x + (x * x) / 2)],
];

describe("Kolmogorov-Smirnov tests, significance 1e-4", () => {
  test.each(continuous)("%s", (_, sample, F) => {
    expect(kolmogorov(list(sample(random.key(2026), [n])), F)).toBeLessThan(kolmogorovLimit);
  });
  test("they refuse a wrong distribution", () => {
    const shifted = list(random.normal(random.key(2026), { shape: [n], loc: 0.05 }));
    expect(kolmogorov(shifted, normalCdf)).toBeGreaterThan(kolmogorovLimit);
  });
});

describe("chi-square tests, significance 1e-4", () => {
  const counts = (values: readonly number[], cells: number) => {
    const out = new Array<number>(cells).fill(0);
    for (const value of values) out[value]! += 1;
    return out;
  };
  const even = (cells: number, total = n) => new Array<number>(cells).fill(total / cells);
  const p = [0.1, 0.2, 0.3, 0.4];
  const lowest = (words: Tensor) => tensor(list(words).map((word) => word & 15));
  const highest = (words: Tensor) => tensor(list(words).map((word) => word >>> 28));

  test.each<[string, Tensor, readonly number[]]>([
    ["randint", random.randint(random.key(1), 0, 10, [n]), even(10)],
    ["randint from -3", random.randint(random.key(2), -3, 4, [n]).add(3), even(7)],
    ["the lowest bits", lowest(random.bits(random.key(3), [n])), even(16)],
    ["the highest bits", highest(random.bits(random.key(3), [n])), even(16)],
    ["bernoulli", random.bernoulli(random.key(4), 0.3, [n]), [0.7 * n, 0.3 * n]],
    ["choice", random.choice(random.key(5), 4, [n]), even(4)],
    ["choice with p", random.choice(random.key(6), 4, { shape: [n], p }), p.map((q) => q * n)],
  ])("%s", (_, sample, expected) => {
    expect(Math.abs(chiSquareScore(counts(list(sample), expected.length), expected))).toBeLessThan(
      normalLimit,
    );
  });
  test("the orders of three things", () => {
    const orders = [...random.split(random.key(7), 3000)].map((key) => list(random.permutation(key, 3)));
    const names = ["012", "021", "102", "120", "201", "210"];
    const found = counts(
      orders.map((order) => names.indexOf(order.join(""))),
      6,
    );
    expect(Math.abs(chiSquareScore(found, even(6, 3000)))).toBeLessThan(normalLimit);
  });
  test("the first of two drawn without replacement, and the second", () => {
    const draws = [...random.split(random.key(8), 3000)].map((key) =>
      list(random.choice(key, 4, { shape: [2], replace: false, p })),
    );
    expect(draws.every(([a, b]) => a !== b)).toBe(true);
    const first = counts(
      draws.map(([a]) => a!),
      4,
    );
    expect(
      Math.abs(
        chiSquareScore(
          first,
          p.map((q) => q * 3000),
        ),
      ),
    ).toBeLessThan(normalLimit);
    // P(second = j) = sum over i of p_i p_j / (1 - p_i)
    const second = p.map((q, j) => p.reduce((s, r, i) => (i === j ? s : s + (r * q) / (1 - r)), 0) * 3000);
    const found = counts(
      draws.map(([, b]) => b!),
      4,
    );
    expect(Math.abs(chiSquareScore(found, second))).toBeLessThan(normalLimit);
  });
});

describe("independence, significance 1e-4 each", () => {
  const uniforms = (key: Tensor) => list(random.uniform(key, [n]));
  const child = (i: number) => uniforms([...random.split(random.key(0), 3)][i]!);
  test.each<[string, () => [readonly number[], readonly number[]]]>([
    ["split keys", () => [child(0), child(1)]],
    ["a key and its child", () => [uniforms(random.key(0)), child(0)]],
    ["folded keys", () => [uniforms(random.fold(random.key(0), 0)), uniforms(random.fold(random.key(0), 1))]],
    ["neighbouring seeds", () => [uniforms(random.key(0)), uniforms(random.key(1))]],
    ["neighbouring samples", () => [uniforms(random.key(0)).slice(1), uniforms(random.key(0)).slice(0, -1)]],
  ])("%s", (_, streams) => {
    expect(Math.abs(correlationScore(...streams()))).toBeLessThan(normalLimit);
  });
  test("keys of 1000 children differ", () => {
    expect(new Set([...random.split(random.key(0), 1000)].map(String)).size).toBe(1000);
  });
});

describe("keys", () => {
  test("the same key gives the same numbers, whatever the shape", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }),
        fc.nat(3),
        fc.nat(3),
        (seed, i, j) => {
          const key = random.key(seed);
          const flat = list(random.normal(key, [i * j]));
          expect(list(random.normal(key, [i, j]))).toEqual(flat);
          expect(list(random.normal(key, [i * j + 3])).slice(0, i * j)).toEqual(flat);
        },
      ),
    );
  });
  test("the first children do not depend on how many there are", () => {
    expect(list(random.split(random.key(5), 9)).slice(0, 4)).toEqual(list(random.split(random.key(5))));
  });
  test("a seed and the same seed as a bigint are the same key", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (seed) => {
        expect(list(random.key(seed))).toEqual(list(random.key(BigInt(seed))));
      }),
    );
  });
});

describe("shapes and dtypes", () => {
  const key = random.key(0);
  const samplers: [string, (shape: readonly number[]) => Tensor][] = [
    ["bits", (s) => random.bits(key, s)],
    ["uniform", (s) => random.uniform(key, s)],
    ["normal", (s) => random.normal(key, s)],
    ["exponential", (s) => random.exponential(key, s)],
    ["gumbel", (s) => random.gumbel(key, s)],
    ["gamma", (s) => random.gamma(key, 2, s)],
    ["truncatedNormal", (s) => random.truncatedNormal(key, -1, 1, s)],
    ["bernoulli", (s) => random.bernoulli(key, 0.5, s)],
    ["randint", (s) => random.randint(key, 0, 3, s)],
    ["choice", (s) => random.choice(key, 3, s)],
  ];
  test.each(samplers)("%s: scalars, nothing, several axes", (_, sample) => {
    for (const shape of [[], [0], [2, 0, 3], [2, 3]]) expect(sample(shape).shape).toEqual(shape);
    expect(() => sample([-1])).toThrow(ShapeError);
    expect(() => sample([1.5])).toThrow(ShapeError);
  });
  test("parameters broadcast, and set the shape when none is given", () => {
    const column = tensor([[1], [2]]);
    expect(random.normal(key, { loc: column, scale: [1, 2, 3] }).shape).toEqual([2, 3]);
    expect(random.uniform(key, { minval: [0, 1], maxval: 2 }).shape).toEqual([2]);
    expect(random.gamma(key, column).shape).toEqual([2, 1]);
    expect(random.gamma(key, column, { shape: [2, 4] }).shape).toEqual([2, 4]);
    expect(random.bernoulli(key, column.div(4)).shape).toEqual([2, 1]);
    expect(() => random.normal(key, { loc: column, shape: [2] })).toThrow(ShapeError);
    expect(() => random.gamma(key, [1, 2], [3])).toThrow(ShapeError);
  });
  test("float32 samples are float32", () => {
    const options = { shape: [4], dtype: "float32" } as const;
    const samples = [
      random.uniform(key, options),
      random.uniform(key, { ...options, minval: -2 }),
      random.normal(key, { ...options, loc: 1, scale: 2 }),
      random.exponential(key, { ...options, scale: 2 }),
      random.gumbel(key, options),
      random.gamma(key, 3, options),
      random.truncatedNormal(key, 0, 1, options),
    ];
    expect(samples.map(({ dtype }) => dtype)).toEqual(samples.map(() => "float32"));
  });
  test("permutations of nothing, of one, of slices", () => {
    expect(random.permutation(key, 0).shape).toEqual([0]);
    expect(random.permutation(key, zeros([0, 3])).shape).toEqual([0, 3]);
    const rows = random.permutation(key, [
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    expect(list(rows.sort({ axis: 0 }))).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...rows].every((row) => row.take(1).item() - row.take(0).item() === 1)).toBe(true);
  });
  test("choice puts the draws where the axis was", () => {
    expect(random.choice(key, zeros([2, 5, 3]), { shape: [4, 6], axis: 1 }).shape).toEqual([2, 4, 6, 3]);
    expect(list(random.choice(key, 4, { shape: [50], p: [0, 0, 1, 0] }))).toEqual(new Array(50).fill(2));
  });
});

describe("what is refused", () => {
  const key = random.key(0);
  // What JavaScript callers can do against the types.
  const untyped = random as unknown as Record<string, (...args: unknown[]) => Tensor>;
  test.each<[string, () => unknown, new (message: string) => Error]>([
    ["a fractional seed", () => random.key(0.5), ValueError],
    ["an unsafe seed", () => random.key(2 ** 53), ValueError],
    ["a seed of 65 bits", () => random.key(2n ** 64n), ValueError],
    ["NaN for a seed", () => random.key(NaN), ValueError],
    ["a number for a key", () => untyped["uniform"]!(3), ValueError],
    ["floats for a key", () => random.uniform(tensor([1, 2])), DTypeError],
    ["keys for a key", () => random.uniform(random.split(key)), ShapeError],
    ["int32 samples of uniform", () => untyped["uniform"]!(key, { dtype: "int32" }), DTypeError],
    ["an unknown dtype", () => untyped["normal"]!(key, { dtype: "float16" }), DTypeError],
    ["a width of 16", () => untyped["bits"]!(key, { width: 16 }), ValueError],
    ["ends in the wrong order", () => random.uniform(key, { minval: 1, maxval: 0 }), ValueError],
    ["an infinite end", () => random.uniform(key, { maxval: Infinity }), ValueError],
    ["NaN for an end", () => random.uniform(key, { minval: NaN }), ValueError],
    ["an empty range", () => random.randint(key, 3, 3), ValueError],
    ["a fractional range", () => random.randint(key, 0, 2.5), ValueError],
    ["a range beyond int32", () => random.randint(key, 0, 2 ** 31 + 1), ValueError],
    ["a fractional fold", () => random.fold(key, 0.5), ValueError],
    ["a fold of floats", () => random.fold(key, tensor(1)), DTypeError],
    ["a fold of several", () => random.fold(key, tensor([1, 2], { dtype: "int32" })), ShapeError],
    ["gamma of 0", () => random.gamma(key, 0), ValueError],
    ["an empty interval", () => random.truncatedNormal(key, 1, 1), ValueError],
    ["an interval of no probability", () => random.truncatedNormal(key, 50, 51), ValueError],
    ["a draw from nothing", () => random.choice(key, 0), ValueError],
    ["too many draws", () => random.choice(key, 2, { shape: [3], replace: false }), ValueError],
    [
      "too many draws of what has a probability",
      () => random.choice(key, 3, { shape: [2], replace: false, p: [0, 1, 0] }),
      ValueError,
    ],
    ["negative probabilities", () => random.choice(key, 2, { p: [-1, 2] }), ValueError],
    ["a probability above 1", () => random.bernoulli(key, 2), ValueError],
    ["a probability that is NaN", () => random.bernoulli(key, [0.5, NaN]), ValueError],
    ["probabilities for others", () => random.choice(key, 2, { p: [1, 1, 1] }), ShapeError],
    ["a scalar to permute", () => random.permutation(key, tensor(3)), ShapeError],
    ["iteration over a scalar", () => [...tensor(3)], TypeError],
  ])("%s", (_, f, error) => {
    expect(f).toThrow(error);
  });
  test("gamma of something that is not positive is NaN there", () => {
    expect(list(random.gamma(key, tensor([-1, NaN, Infinity])))).toEqual([NaN, NaN, NaN]);
  });
});
