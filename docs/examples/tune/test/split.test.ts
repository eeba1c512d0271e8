import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { split } from "../src/data/split.js";
import { standardise } from "../src/data/standardise.js";
import type { Dataset } from "../src/data/dataset.js";

const arbitrary = fc.record({
  rows: fc.integer({ min: 10, max: 200 }),
  seed: fc.nat(),
  task: fc.constantFrom("classification" as const, "regression" as const),
});

const labels = (rows: number): Float64Array => Float64Array.from({ length: rows }, (_, i) => i % 2);

describe("a split", () => {
  test("is a partition into three parts, the same for the same seed", () => {
    fc.assert(
      fc.property(arbitrary, ({ rows, seed, task }) => {
        const parts = split({ rows, task, y: labels(rows) }, seed);
        const all = [...parts.training, ...parts.validation, ...parts.test].sort((a, b) => a - b);
        expect(all).toEqual(Array.from({ length: rows }, (_, i) => i));
        expect(Math.abs(parts.test.length - rows / 5)).toBeLessThanOrEqual(1);
        expect(parts.validation.length).toBe(parts.test.length);
        expect(split({ rows, task, y: labels(rows) }, seed)).toEqual(parts);
      }),
    );
  });

  test("differs from seed to seed", () => {
    const at = (seed: number) => split({ rows: 50, task: "regression", y: labels(50) }, seed).test.join();
    expect(new Set([0, 1, 2, 3, 4].map(at)).size).toBe(5);
  });

  test("has both classes in every part, in their proportion", () => {
    const y = Float64Array.from({ length: 100 }, (_, i) => (i < 10 ? 1 : 0));
    const parts = split({ rows: 100, task: "classification", y }, 3);
    const ones = (rows: readonly number[]): number => rows.filter((i) => y[i] === 1).length;
    expect([parts.training, parts.validation, parts.test].map(ones)).toEqual([6, 2, 2]);
  });
});

describe("standardised data", () => {
  const data = (x: number[]): Dataset => ({
    name: "t.csv",
    task: "regression",
    target: "y",
    classes: undefined,
    features: ["x"],
    rows: x.length,
    x: Float64Array.from(x),
    y: Float64Array.from(x, (_, i) => i ** 2),
  });

  test.each([1, 1e-200, 1e200])(
    "have mean 0 and deviation 1 over the training rows, at scale %d",
    (scale) => {
      const source = data(Array.from({ length: 20 }, (_, i) => scale * (5 + Math.sin(i))));
      const { training, unit } = standardise(source, split(source, 0));
      for (const column of [training.x, training.y]) {
        const mean = column.reduce((sum, v) => sum + v, 0) / column.length;
        const variance = column.reduce((sum, v) => sum + v * v, 0) / column.length;
        expect(mean).toBeCloseTo(0, 12);
        expect(variance).toBeCloseTo(1, 12);
      }
      expect(unit).toBeGreaterThan(1);
    },
  );

  test("use the training rows alone", () => {
    const source = data(Array.from({ length: 20 }, (_, i) => i));
    const parts = split(source, 0);
    const outlier = { ...source, x: source.x.map((v, i) => (i === parts.test[0] ? 1e6 : v)) };
    const first = standardise(source, parts);
    const second = standardise(outlier, parts);
    expect(second.training.x).toEqual(first.training.x);
    expect(second.validation.x).toEqual(first.validation.x);
    expect(second.test.x[0]).toBeGreaterThan(1e4);
  });

  test("a feature that varies elsewhere only is refused", () => {
    const source = data(Array.from({ length: 20 }, () => 0.1));
    const parts = split(source, 0);
    source.x[parts.test[0]!] = 3;
    expect(() => standardise(source, parts)).toThrow('column "x" is constant in the training rows');
  });
});
