import type { Tensor } from "@cotangent/core-tensor";
import { opaque } from "@cotangent/autodiff";
import { leavesIn, treeIn } from "../operators/index.js";
import type { ClosedSystem, SystemValues } from "./closed-system.js";
import type { LinearSolver } from "./linear-solver.js";
import type { SolveOverrides } from "./options.js";

/** The solver of a system whose values are known. */
export type SolverOf = (
  values: SystemValues,
  overrides: SolveOverrides | undefined,
) => LinearSolver<unknown, unknown>;

/**
 * Solves with an operator whose numbers are not known, while a program is recorded: each is a line that reads what the
 * operator depends on, makes it anew, and solves. So each solve prepares the operator once, its derivative included.
 */
export function recordedSolver(
  { domain, codomain, captures, open }: ClosedSystem,
  solverOf: SolverOf,
): LinearSolver<unknown, unknown> {
  return {
    solve: (b, overrides) => {
      const rhs = leavesIn(codomain, b, "linearSolve: right-hand side");
      const n = rhs.length;
      const call = {
        name: "linearSolve",
        outputs: domain.leaves,
        linear: n,
        apply: (xs: readonly Tensor[]) => {
          const x = solverOf(open(xs.slice(n)), overrides).solve(treeIn(codomain, xs.slice(0, n)));
          return leavesIn(domain, x, "linearSolve: solution");
        },
      };
      return treeIn(domain, opaque(call, [...rhs, ...captures]));
    },
  };
}
