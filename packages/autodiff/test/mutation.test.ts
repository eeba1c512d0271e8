import { describe, expect, test } from "@jest/globals";
import { batchMutants } from "./mutants/batch.js";
import { jetMutants } from "./mutants/jet.js";
import { jvpMutants, secondOrderMutants } from "./mutants/jvp.js";
import type { Mutant } from "./mutants/mutant.js";
import { transposeMutants } from "./mutants/transpose.js";
import { primitiveLaws } from "./primitive-laws/index.js";

/** What a law finds wrong with the rules of a primitive, when it is run as often as it is on the right ones. */
function findingOf({ primitive, law: title }: Mutant): unknown {
  const law = primitiveLaws.find((candidate) => candidate.title === title)!;
  try {
    law.check(primitive, { numRuns: law.numRuns, endOnFailure: true });
  } catch (error) {
    return (error as Error).cause;
  }
  return undefined;
}

const tables: readonly (readonly [string, readonly Mutant[]])[] = [
  ["derivatives", jvpMutants],
  ["second derivatives", secondOrderMutants],
  ["transposes", transposeMutants],
  ["batches", batchMutants],
  ["Taylor series", jetMutants],
];

describe.each(tables)("of wrong rules for %s", (_, mutants) => {
  test.each(mutants)("$primitive, $wrong: $law sees it", (mutant) => {
    mutant.during(() => {
      const finding = findingOf(mutant);
      expect(finding).toBeInstanceOf(Error);
      // A rule that cannot even run is no test of the laws.
      expect(finding).not.toBeInstanceOf(TypeError);
    });
  });
});
