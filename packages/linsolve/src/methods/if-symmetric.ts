import type { MethodName } from "../report/index.js";
import type { LinearSystem } from "../system/index.js";
import { failure, type Prepared } from "./method.js";

/** For methods that need A = A^T: a matrix that a probe shows not to be symmetric is refused, with the witness. */
export function ifSymmetric(system: LinearSystem, method: MethodName, prepare: () => Prepared): Prepared {
  const { symmetric, witness, finite } = system.symmetry();
  if (symmetric) return prepare();
  const status = finite ? "breakdown" : "nonFinite";
  return {
    solve: () =>
      failure(system.columns, status, method, `${method} needs a symmetric matrix, but ${witness}`),
  };
}
