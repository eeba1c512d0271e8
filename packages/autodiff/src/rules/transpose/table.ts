import type { TransposeRule } from "../rule.js";
import { layoutTranspose } from "./layout.js";
import { linearTranspose } from "./linear.js";
import { solveTranspose } from "./solves.js";

/** The primitives that are linear in some of their operands: all that a tape may hold. */
export type LinearPrimitiveName =
  keyof typeof linearTranspose | keyof typeof solveTranspose | keyof typeof layoutTranspose;

/** The transpose of every linear primitive. */
export const transposeRules: { readonly [P in LinearPrimitiveName]: TransposeRule<P> } = {
  ...linearTranspose,
  ...solveTranspose,
  ...layoutTranspose,
};

/** Can this primitive stand on a tape? */
export function isLinearPrimitive(name: string): name is LinearPrimitiveName {
  return Object.hasOwn(transposeRules, name);
}
