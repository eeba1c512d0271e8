import type { LinearPrimitiveName } from "../transpose/table.js";
import { columns, elementwise, moving } from "./families.js";
import { scatterAdd, take } from "./indexing.js";
import { matmul } from "./matmul.js";
import type { PatternRule } from "./rule.js";
import { cumsum, sum } from "./scans.js";

/** What the outputs of every primitive that may stand on a tape depend on. The type is total. */
export const patternRules: { readonly [P in LinearPrimitiveName]: PatternRule<P> } = {
  neg: elementwise,
  cast: elementwise,
  add: elementwise,
  sub: elementwise,
  mul: elementwise,
  div: elementwise,
  where: elementwise,
  sum,
  cumsum,
  matmul,
  reshape: moving,
  transpose: moving,
  broadcastTo: moving,
  slice: moving,
  place: moving,
  concatenate: moving,
  take,
  scatterAdd,
  triangularSolve: columns,
  luSolve: columns,
  svdSolve: columns,
  tridiagonalSolve: columns,
};
