import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { allocate, type TypedArray } from "../src/dtype/index.js";
import { plainLoop } from "../src/plan/loop.js";
import { compileVectors, vectorKernel } from "../src/plan/vector/index.js";
import { expectSameBits } from "./expect-same-bits.js";
import { arbVectorCase, type VectorCase } from "./vector-cases.js";

/** Many cases in `npm run check:deep`. */
const numRuns = process.env["COTANGENT_DEEP"] === "1" ? 3000 : 80;

const emptyResults = ({ kernel, outputs }: VectorCase): TypedArray[] =>
  kernel.results.map(({ value }, r) => {
    const kept = kernel.domain.filter((_, k) => !(kernel.after[value]! && kernel.reduced[k]!));
    return allocate(
      outputs[r]!,
      kept.reduce((n, m) => n * m, 1),
    ).fill(7);
  });

/** The results of the plain loop and of vectors, or undefined where there are none. */
function both(example: VectorCase): { plain: TypedArray[]; vectors: TypedArray[] } | undefined {
  const vector = vectorKernel(example.kernel, example.inputs, example.outputs);
  if (vector === undefined) return undefined;
  const [plain, vectors] = [emptyResults(example), emptyResults(example)];
  const operands = example.operands();
  plainLoop(example.kernel)(operands, plain);
  const run = compileVectors(vector, vector.rest && plainLoop(vector.rest))!;
  expect(run(operands, vectors)).toBe(true);
  return { plain, vectors };
}

describe("vectors", () => {
  test("have the bits of plain loops", () => {
    let count = 0;
    fc.assert(
      fc.property(arbVectorCase, (example) => {
        const found = both(example);
        if (found === undefined) return;
        count++;
        found.plain.forEach((wanted, r) => {
          expectSameBits(found.vectors[r]!, wanted);
        });
      }),
      { numRuns },
    );
    expect(count).toBeGreaterThan(0.9 * numRuns);
  });
});
