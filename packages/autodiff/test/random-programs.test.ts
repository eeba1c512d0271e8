import { expect, test } from "@jest/globals";
import fc from "fast-check";
import * as core from "@cotangent/core-tensor";
import { scan } from "@cotangent/autodiff";
import { arbProgram, type Program } from "./programs/arb-program.js";
import { checkProgram } from "./programs/check-program.js";

// random-programs.deep.test.ts has 10,000 of them.
test("derivatives of random programs agree with each other, with finite differences, and batched", () => {
  fc.assert(fc.property(arbProgram(), fc.nat(), checkProgram), { numRuns: 100 });
});

test("programs have all operations, ranks and lengths, and use values several times or never", () => {
  const programs = fc.sample(arbProgram(), 200);
  const texts = programs.map(String);
  const called = new Set(texts.flatMap((text) => [...text.matchAll(/(\w+)\(/g)].map(([, name]) => name)));
  expect(called.size).toBeGreaterThan(70);
  expect([...called]).toEqual(
    expect.arrayContaining(["matmul", "einsum", "cumprod", "take", "pad", "stack"]),
  );
  const inputs = programs.flatMap((program) => program.inputs);
  expect(new Set(inputs.map(({ ndim }) => ndim))).toEqual(new Set([0, 1, 2, 3]));
  expect(inputs.some(({ size }) => size === 0)).toBe(true);
  const steps = programs.map((program) => program.steps);
  expect([Math.min(...steps), Math.max(...steps)]).toEqual([1, 30]);
  const uses = texts.map((text) => text.match(/\ba\b/g)!.length - 1);
  expect(uses.some((n) => n === 0) && uses.some((n) => n > 3)).toBe(true);
});

test("what a program prints is what it runs", () => {
  fc.assert(
    fc.property(arbProgram(), (program) => {
      const { f, inputs } = pasted(String(program));
      expect(f(...inputs).toTypedArray()).toEqual(program.f(...program.inputs).toTypedArray());
    }),
    { numRuns: 50 },
  );
});

test("a program that fails shrinks to what is needed to fail", () => {
  const property = fc.property(arbProgram(), (program) => !String(program).includes(".sigmoid()"));
  const { counterexample } = fc.check(property, { numRuns: 500 });
  expect(String(counterexample![0])).toBe(
    "const f = (x: Tensor) => {\n  const a = x.sigmoid();\n  return a;\n};\nconst inputs = [tensor(0)] as const;",
  );
});

const library = { ...core, scan };

/** The text as a test that it is pasted into would run it. */
function pasted(text: string): Pick<Program, "f" | "inputs"> {
  const source = text.replaceAll(": Tensor", "").replace("as const", "");
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the text of a program
  const run = new Function(...Object.keys(library), `${source}; return { f, inputs };`);
  return (run as (...values: unknown[]) => Pick<Program, "f" | "inputs">)(...Object.values(library));
}
