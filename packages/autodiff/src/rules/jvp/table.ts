import type { PrimitiveName } from "@cotangent/core-tensor";
import type { JvpRule } from "../rule.js";
import { elementwiseJvp } from "./elementwise.js";
import { fusedJvp } from "./fused.js";
import { functionJvp } from "./functions.js";
import { layoutJvp } from "./layout.js";
import { linalgJvp } from "./linalg.js";
import { randomJvp } from "./random.js";
import { reductionJvp } from "./reductions.js";
import { spectralJvp } from "./spectral.js";
import { tridiagonalJvp } from "./tridiagonal.js";

/** The derivative of every primitive. The type is total: a primitive without a rule does not compile. */
export const jvpRules: { readonly [P in PrimitiveName]: JvpRule<P> } = {
  ...elementwiseJvp,
  ...functionJvp,
  ...reductionJvp,
  ...layoutJvp,
  ...linalgJvp,
  ...spectralJvp,
  ...tridiagonalJvp,
  ...randomJvp,
  fused: fusedJvp((name) => jvpRules[name]),
};
