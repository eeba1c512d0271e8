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
import { sorts } from "./passes/sorts.js";
import { transposedProducts } from "./passes/transposed-products.js";
import { uniformConstants } from "./passes/uniform-constants.js";

/** A program that computes the same bits as another. */
type Pass = (program: Program) => Program;

/** Passes, in their order, that leave a program of operations that every device has. */
const simplifying: readonly Pass[] = [
  inlineCalls,
  expandExpressions,
  foldConstants,
  uniformConstants,
  identities,
  commonSubexpressions,
  transposedProducts,
];

/** Those that come after them, and write kernels for plans of the host. */
const combining: readonly Pass[] = [
  sorts,
  accumulations,
  readInPlace,
  commonSubexpressions,
  factors,
  fuseEquations,
];

/** A program of the same primitives that does less. */
export function simplify(program: Program): Program {
  return simplifying.reduce((current, pass) => pass(current), program);
}

/** A program that computes the same bits with less work. */
export function optimise(program: Program): Program {
  return combining.reduce((current, pass) => pass(current), simplify(program));
}
