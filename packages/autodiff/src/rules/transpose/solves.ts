import { bindOne } from "@cotangent/core-tensor";
import { primitives as p, type TransposeRule } from "../rule.js";

/** (A^+)^T = (A^T)^+, with the same singular vectors */
const svdSolve: TransposeRule<"svdSolve"> = (ct, { inputs: [a, u, s, vh], params }) => [
  null,
  null,
  null,
  null,
  bindOne(p.svdSolve, [a!, u!, s!, vh!, ct], { ...params, transpose: !params.transpose }),
];

/** (T^-1)^T = (T^T)^-1 */
const tridiagonalSolve: TransposeRule<"tridiagonalSolve"> = (
  ct,
  { inputs: [lower, diagonal, upper], params },
) => [
  null,
  null,
  null,
  bindOne(p.tridiagonalSolve, [lower!, diagonal!, upper!, ct], { transpose: !params.transpose }),
];

/** Solves with singular vectors and with bands. */
export const solveTranspose = { svdSolve, tridiagonalSolve };
