import { bindOne } from "@cotangent/core-tensor";
import type { TransposeRule } from "../rule.js";

/** (A^+)^T = (A^T)^+, with the same singular vectors */
const svdSolve: TransposeRule<"svdSolve"> = (ct, { primitive, inputs: [a, u, s, vh], params }) => [
  null,
  null,
  null,
  null,
  bindOne(primitive, [a!, u!, s!, vh!, ct], { ...params, transpose: !params.transpose }),
];

/** (T^-1)^T = (T^T)^-1 */
const tridiagonalSolve: TransposeRule<"tridiagonalSolve"> = (
  ct,
  { primitive, inputs: [lower, diagonal, upper], params },
) => [
  null,
  null,
  null,
  bindOne(primitive, [lower!, diagonal!, upper!, ct], { transpose: !params.transpose }),
];

/** Solves with singular vectors and with bands. */
export const solveTranspose = { svdSolve, tridiagonalSolve };
