import type { Program } from "../program/program.js";
import { fuseEquations } from "./fusion/fuse-equations.js";
import { accumulations } from "./passes/accumulations.js";
import { commonSubexpressions } from "./passes/common-subexpressions.js";
import { expandExpressions } from "./passes/expand-expressions.js";
import { factors } from "./passes/factors.js";
import { foldConstants } from "./passes/fold-constants.js";
import { identities } from "./passes/identities.js";
import { inlineCalls } from "./passes/inline-calls.js";
import { readInPlace } from "./passes/read-in-place.js";
import { transposedProducts } from "./passes/transposed-products.js";
import { uniformConstants } from "./passes/uniform-constants.js";

/** The passes in their order: each makes a program that computes the same bits. */
const passes: readonly ((program: Program) => Program)[] = [
  inlineCalls,
  expandExpressions,
  foldConstants,
  uniformConstants,
  identities,
  commonSubexpressions,
  transposedProducts,
  accumulations,
  readInPlace,
  commonSubexpressions,
  factors,
  fuseEquations,
];

/** A program that computes the same bits with less work. */
export function optimise(program: Program): Program {
  return passes.reduce((current, pass) => pass(current), program);
}
