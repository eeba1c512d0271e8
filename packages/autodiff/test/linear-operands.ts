import type { LinearPrimitiveName } from "../src/rules/transpose/table.js";

/**
 * For every primitive that a tape may hold, the sets of operands that it is linear in together. `additive` ones are
 * linear in a subset only while the other operands are zero.
 */
export const linearOperands: {
  readonly [P in LinearPrimitiveName]: {
    readonly sets: readonly (readonly number[])[] | "all";
    readonly additive?: true;
  };
} = {
  neg: { sets: [[0]] },
  cast: { sets: [[0]] },
  add: { sets: [[0, 1], [0], [1]], additive: true },
  sub: { sets: [[0, 1], [0], [1]], additive: true },
  mul: { sets: [[0], [1]] },
  div: { sets: [[0]] },
  where: { sets: [[1, 2], [1], [2]], additive: true },
  matmul: { sets: [[0], [1]] },
  triangularSolve: { sets: [[1]] },
  luSolve: { sets: [[3]] },
  svdSolve: { sets: [[4]] },
  tridiagonalSolve: { sets: [[3]] },
  sum: { sets: [[0]] },
  cumsum: { sets: [[0]] },
  reshape: { sets: [[0]] },
  transpose: { sets: [[0]] },
  broadcastTo: { sets: [[0]] },
  slice: { sets: [[0]] },
  place: { sets: [[0]] },
  concatenate: { sets: "all", additive: true },
  take: { sets: [[0]] },
  scatterAdd: { sets: [[0]] },
};
