import { innermostTrace, JvpTrace, tree } from "@cotangent/autodiff";
import type { Conditions } from "./conditions/index.js";
import { AdjointError } from "./errors/errors.js";

/**
 * Refuses an unrolled solve that does not depend on theta although its conditions do: it left Cotangent's operations
 * (through `item`, say), and its derivative would be zero without a word.
 */
export function checkUnrolled(
  conditions: Conditions<unknown, unknown>,
  x: tree.Flat,
  theta: tree.Flat,
  name: string,
): void {
  const trace = innermostTrace(theta.leaves, name);
  if (!(trace instanceof JvpTrace) || x.leaves.some((leaf) => trace.tangentOf(leaf) !== null)) return;
  const at = (flat: tree.Flat): unknown => tree.unflatten(flat.structure, flat.leaves);
  const residual = tree.leaves(conditions.residual(at(x), at(theta)));
  if (residual.every((leaf) => trace.tangentOf(leaf) === null)) return;
  throw new AdjointError(
    `${name}: unroll: the solution does not depend on theta through Cotangent's operations, but the conditions do. ` +
      "unroll differentiates solve itself: write it with tensors throughout, or choose another adjoint, such as auto()",
  );
}
