import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { tensor, type Tensor } from "@cotangent/core-tensor";
import { Plan, type PlanDescription } from "@cotangent/core-tensor/plan";
import { exp, matmul, place } from "@cotangent/core-tensor/primitives";
import { layOut } from "../src/plan/arena.js";

const arbLifetimes = fc.array(
  fc.record({ bytes: fc.nat(1000), from: fc.nat(20), length: fc.nat(8) }).map(({ bytes, from, length }) => ({
    bytes,
    from,
    to: from + length,
  })),
  { maxLength: 30 },
);

describe("the arena", () => {
  test("what is needed at the same time does not overlap, and starts at a multiple of 8", () => {
    fc.assert(
      fc.property(arbLifetimes, (lives) => {
        const { offsets, bytes, live } = layOut(lives);
        lives.forEach((a, i) => {
          expect(offsets[i]! % 8).toBe(0);
          expect(offsets[i]! + a.bytes).toBeLessThanOrEqual(bytes);
          lives.slice(0, i).forEach((b, j) => {
            const together = a.from <= b.to && b.from <= a.to;
            const apart = offsets[i]! >= offsets[j]! + b.bytes || offsets[j]! >= offsets[i]! + a.bytes;
            expect(!together || apart || a.bytes === 0 || b.bytes === 0).toBe(true);
          });
        });
        expect(bytes).toBeGreaterThanOrEqual(live);
      }),
    );
  });
  test("it is as large as what is needed at once where sizes are equal", () => {
    fc.assert(
      fc.property(arbLifetimes, (lives) => {
        const { bytes, live } = layOut(lives.map((life) => ({ ...life, bytes: 64 })));
        expect(bytes).toBe(live);
      }),
    );
  });
  test("a chain needs two", () => {
    const chain = Array.from({ length: 10 }, (_, i) => ({ bytes: 80, from: i, to: i + 1 }));
    expect(layOut(chain)).toMatchObject({ bytes: 160, live: 160 });
    expect(layOut([])).toEqual({ offsets: [], bytes: 0, live: 0 });
  });
});

/** A square matrix times itself, `count` times over, through one arena. */
function powers(
  count: number,
  then: (x: readonly Tensor[]) => readonly Tensor[] = (xs) => xs,
): PlanDescription {
  const view = (slot: number) => ({ slot, shape: [2, 2], dtype: "float64" as const });
  const params = { transposeA: false, transposeB: false };
  const steps = Array.from({ length: count }, (_, i) => ({
    primitive: matmul,
    params,
    inputs: [view(i), view(0)],
    outputs: [view(i + 1)],
  }));
  const last = { apply: then, inputs: [view(count)], outputs: [view(count + 1)] };
  return {
    inputs: [0],
    constants: new Map(),
    steps: [...steps, last],
    results: [view(count + 1), view(count)],
  };
}

describe("a plan", () => {
  const x = tensor([[1, 1], [0, 1]]).toTypedArray(); // prettier-ignore

  test("runs its steps, in an arena of two matrices", () => {
    const plan = new Plan(powers(5));
    expect(plan.run([x]).map(String)).toEqual(["[[1, 6],\n [0, 1]]", "[[1, 6],\n [0, 1]]"]);
    expect(plan.memory.arenaBytes).toBe(64);
    expect(plan.memory.liveBytes).toBe(64);
  });
  test("results are the caller's: another run does not change them", () => {
    const plan = new Plan(powers(3));
    const before = plan.run([x]);
    const texts = before.map(String);
    plan.run([x.map((value) => 2 * value)]);
    expect(before.map(String)).toEqual(texts);
    expect(plan.run([x])[0]!.content).not.toBe(before[0]!.content);
  });
  test("may be called within itself", () => {
    let depth = 0;
    const plan: Plan = new Plan(
      powers(3, ([y]) => {
        depth += 1;
        return depth < 3 ? [plan.run([x])[0]!.add(y!)] : [y!];
      }),
    );
    expect(String(plan.run([x])[0]!)).toBe("[[ 3, 12],\n [ 0,  3]]");
  });
  test("goes on after an error", () => {
    const plan = new Plan(
      powers(1, ([y]) => {
        if (Number.isNaN(y!.toTypedArray()[0])) throw new Error("not a number");
        return [y!];
      }),
    );
    expect(() => plan.run([x.map(() => NaN)])).toThrow("not a number");
    expect(String(plan.run([x])[0]!)).toBe("[[1, 2],\n [0, 1]]");
  });
  test("kernels into given arrays do not depend on what was in them", () => {
    const a = tensor([[1, 2], [3, 4]]); // prettier-ignore
    const cases = [
      { primitive: matmul, inputs: [a, a], params: { transposeA: true, transposeB: false } },
      { primitive: exp, inputs: [a], params: {} },
      { primitive: place, inputs: [a], params: { shape: [4, 5], starts: [1, 0], steps: [1, 2] } },
    ] as const;
    for (const { primitive, inputs, params } of cases) {
      const outputs = primitive.shape(inputs, params as never);
      const size = outputs[0]!.shape.reduce((n, m) => n * m, 1);
      const result = new Float64Array(size).fill(NaN);
      primitive.prepare(
        inputs,
        params as never,
        outputs,
      )(
        inputs.map((y) => y.toTypedArray()),
        [result],
      );
      const expected = primitive.evaluate(inputs as never, params as never, outputs)[0]!;
      expect(result).toEqual(expected);
    }
  });
});
