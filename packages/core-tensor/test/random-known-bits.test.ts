import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { random, tensor, type Tensor } from "@cotangent/core-tensor";

interface Uniform {
  seed: string;
  shape: number[];
  dtype: "float64" | "float32";
  minval: number;
  maxval: number;
  hex: string[];
}
interface Sampled {
  seed: string;
  shape: number[];
  dtype?: "float64" | "float32";
  values: number[];
}
interface Fixture {
  key: { seed: string; words: number[] }[];
  split: { seed: string; n: number; words: number[] }[];
  fold: { seed: string; data: number; words: number[] }[];
  chain: { seed: string; words: number[]; bits: number[] };
  bits: { seed: string; shape: number[]; bits32: number[]; bits64: number[][] }[];
  uniform: Uniform[];
  randint: (Sampled & { minval: number; maxval: number })[];
  permutation: { seed: string; n: number; values: number[] }[];
  permutationOfMatrix: { seed: string; axis: number; independent: boolean; values: number[] }[];
  bernoulli: (Sampled & { p: number })[];
  choice: (Sampled & { n: number; replace: boolean; p?: number[] })[];
  normal: Sampled[];
  exponential: Sampled[];
  gumbel: Sampled[];
  truncatedNormal: (Sampled & { lower: number; upper: number })[];
  gamma: (Sampled & { a: number })[];
}

const fixture = JSON.parse(
  readFileSync(join(import.meta.dirname, "fixtures/jax-random.json"), "utf8"),
) as Fixture;
const keyOf = ({ seed }: { seed: string }) => random.key(BigInt(seed));
const list = (x: Tensor) => Array.from(x.toTypedArray());
const words = (x: Tensor) => list(x).map((word) => word >>> 0);

/** The bits of floats, as the fixture writes them. */
function hex(x: Tensor): string[] {
  const view = new DataView(new ArrayBuffer(8));
  return list(x).map((value) => {
    if (x.dtype === "float32") {
      view.setFloat32(0, value);
      return view.getUint32(0).toString(16).padStart(8, "0");
    }
    view.setFloat64(0, value);
    return view.getBigUint64(0).toString(16).padStart(16, "0");
  });
}

describe("the bits of jax.random", () => {
  test.each(fixture.key)("key($seed)", (line) => {
    expect(words(keyOf(line))).toEqual(line.words);
    const seed = Number(line.seed);
    if (Number.isSafeInteger(seed)) expect(words(random.key(seed))).toEqual(line.words);
  });
  test.each(fixture.split)("split(key($seed), $n)", (line) => {
    const keys = random.split(keyOf(line), line.n);
    expect(keys.shape).toEqual([line.n, 2]);
    expect(words(keys)).toEqual(line.words);
  });
  test.each(fixture.fold)("fold(key($seed), $data)", (line) => {
    expect(words(random.fold(keyOf(line), line.data))).toEqual(line.words);
    const data = tensor(line.data | 0, { dtype: "int32" });
    expect(words(random.fold(keyOf(line), data))).toEqual(line.words);
  });
  test("fold and split in a chain", () => {
    const first = [...random.split(random.fold([...random.split(keyOf(fixture.chain), 4)][2]!, 9))][1]!;
    const key = random.fold(first, 1);
    expect(words(key)).toEqual(fixture.chain.words);
    expect(words(random.bits(key, [4]))).toEqual(fixture.chain.bits);
  });
  test.each(fixture.bits)("bits(key($seed)), shape $shape", (line) => {
    const { shape } = line;
    expect(words(random.bits(keyOf(line), { shape }))).toEqual(line.bits32);
    const wide = random.bits(keyOf(line), { shape, width: 64 });
    expect(wide.shape).toEqual([...shape, 2]);
    expect(words(wide)).toEqual(line.bits64.flat());
  });
  test.each(fixture.uniform)("uniform(key($seed)), $dtype, shape $shape, [$minval, $maxval)", (line) => {
    const { shape, dtype, minval, maxval } = line;
    const sample = random.uniform(keyOf(line), { shape, dtype, minval, maxval });
    expect([sample.shape, sample.dtype]).toEqual([shape, dtype]);
    expect(hex(sample)).toEqual(line.hex);
  });
  test("uniform with ends for each element", () => {
    const [minval, maxval] = [tensor([-1, 0.1, 2.5]), tensor([1, 0.7, 7.25])];
    const key = random.key(5);
    const together = hex(random.uniform(key, { minval, maxval }));
    const alone = [0, 1, 2].map(
      (i) =>
        hex(
          random.uniform(key, { shape: [3], minval: minval.take(i).item(), maxval: maxval.take(i).item() }),
        )[i],
    );
    expect(together).toEqual(alone);
  });
});

describe("the values of jax.random", () => {
  test.each(fixture.randint)("randint(key($seed), $minval, $maxval), shape $shape", (line) => {
    const sample = random.randint(keyOf(line), line.minval, line.maxval, line.shape);
    expect([sample.shape, sample.dtype]).toEqual([line.shape, "int32"]);
    expect(list(sample)).toEqual(line.values);
  });
  test.each(fixture.permutation)("permutation(key($seed), $n)", (line) => {
    expect(list(random.permutation(keyOf(line), line.n))).toEqual(line.values);
  });
  test.each(fixture.permutationOfMatrix)("permutation along $axis, independent: $independent", (line) => {
    const matrix = tensor(Float64Array.from({ length: 24 }, (_, i) => i)).reshape([4, 6]);
    expect(list(random.permutation(keyOf(line), matrix, line))).toEqual(line.values);
  });
  test.each(fixture.bernoulli)("bernoulli($p)", (line) => {
    const sample = random.bernoulli(keyOf(line), line.p, line.shape);
    expect([list(sample), sample.dtype]).toEqual([line.values, "bool"]);
  });
  test.each(fixture.choice)("choice of $n, replace: $replace, p: $p", (line) => {
    expect(list(random.choice(keyOf(line), line.n, line))).toEqual(line.values);
  });
});

/** Equal to a few units in the last place; `slack` is that of jax's own functions (its erfinv above all). */
function expectNear(got: Tensor, want: readonly number[], slack: number): void {
  expect(got.size).toBe(want.length);
  const worst = list(got).map((x, i) => Math.abs(x - want[i]!) / Math.max(Math.abs(want[i]!), 1e-3));
  expect(Math.max(...worst, 0)).toBeLessThan(slack);
}

describe("the values of jax.random, to rounding", () => {
  test.each(fixture.normal)("normal(key($seed)), $dtype, shape $shape", (line) => {
    const { shape, dtype } = line;
    const sample = random.normal(keyOf(line), { shape, dtype: dtype! });
    expectNear(sample, line.values, dtype === "float32" ? 1e-6 : 1e-14);
  });
  test.each(fixture.exponential)("exponential", (line) => {
    expectNear(random.exponential(keyOf(line), line.shape), line.values, 1e-15);
  });
  test.each(fixture.gumbel)("gumbel", (line) => {
    expectNear(random.gumbel(keyOf(line), line.shape), line.values, 1e-14);
  });
  test.each(fixture.truncatedNormal)("truncatedNormal($lower, $upper)", (line) => {
    expectNear(random.truncatedNormal(keyOf(line), line.lower, line.upper, line.shape), line.values, 1e-13);
  });
  test.each(fixture.gamma)("gamma($a)", (line) => {
    expectNear(random.gamma(keyOf(line), line.a, line.shape), line.values, 1e-13);
  });
});
