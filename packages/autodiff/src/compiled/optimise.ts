import type { Program } from "../program/program.js";
import { fuseEquations } from "./fusion/fuse-equations.js";
import { commonSubexpressions } from "./passes/common-subexpressions.js";
import { expandExpressions } from "./passes/expand-expressions.js";
import { foldConstants } from "./passes/fold-constants.js";
import { identities } from "./passes/identities.js";
import { inlineCalls } from "./passes/inline-calls.js";
import { transposedProducts } from "./passes/transposed-products.js";

/** The passes in their order: each makes a program that computes the same bits. */
const passes: readonly ((program: Program) => Program)[] = [
  inlineCalls,
  expandExpressions,
  foldConstants,
  identities,
  commonSubexpressions,
  transposedProducts,
];

/** A program of the same primitives that does less. */
export function simplify(program: Program): Program {
  return passes.reduce((current, pass) => pass(current), program);
}

/** A program that computes the same bits with less work. */
export function optimise(program: Program): Program {
  return fuseEquations(simplify(program));
}
