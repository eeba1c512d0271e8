import type { PrimitiveName } from "@cotangent/core-tensor";
import { batchRules } from "../../src/rules/batch/table.js";
import { jetRules } from "../../src/rules/jet/table.js";
import { jvpRules } from "../../src/rules/jvp/table.js";
import { transposeRules } from "../../src/rules/transpose/table.js";

/** A wrong rule, and the title of the law that must see it. */
export interface Mutant {
  readonly primitive: PrimitiveName;
  readonly wrong: string;
  readonly law: string;
  /** Runs `body` with the wrong rule in the place of the right one. */
  readonly during: (body: () => void) => void;
}

/** Makes mutants of a table of rules. */
const of =
  <T extends object>(table: T) =>
  <P extends keyof T & PrimitiveName>(primitive: P, wrong: string, law: string, rule: T[P]): Mutant => ({
    primitive,
    wrong,
    law,
    during: (body) => {
      const right = table[primitive];
      // The tables are read-only, and nothing but this may change them.
      const put = (value: T[P]) => Object.defineProperty(table, primitive, { value });
      put(rule);
      try {
        body();
      } finally {
        put(right);
      }
    },
  });

export const jvp = of(jvpRules);
export const transposed = of(transposeRules);
export const batch = of(batchRules);
export const jet = of(jetRules);
