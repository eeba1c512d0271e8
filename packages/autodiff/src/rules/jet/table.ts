import type { PrimitiveName } from "@cotangent/core-tensor";
import { elementwiseJet } from "./elementwise.js";
import { functionJet } from "./functions.js";
import { linalgJet } from "./linalg.js";
import { randomJet } from "./random.js";
import { structuralJet } from "./structural.js";
import type { JetRule } from "./rule.js";

/** The Taylor series of every primitive. The type is total: a primitive without a rule does not compile. */
export const jetRules: { readonly [P in PrimitiveName]: JetRule<P> } = {
  ...elementwiseJet,
  ...structuralJet,
  ...linalgJet,
  ...functionJet,
  ...randomJet,
};
