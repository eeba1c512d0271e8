import type { Primitive, PrimitiveName, PrimitiveParams, Shape, Tensor } from "@cotangent/core-tensor";
import type { IndexSets } from "./index-sets.js";

/** Of one linear application: what its operands depend on, and the shape of its output. */
export interface PatternAt<Params extends object> {
  /** For each operand the numbers of its elements' sets (int32, of its shape), null for a constant. */
  readonly sets: readonly (Tensor | null)[];
  readonly inputs: readonly Tensor[];
  readonly primitive: Primitive<string, Params>;
  readonly params: Params;
  readonly shape: Shape;
  readonly pool: IndexSets;
}

/**
 * The numbers of the sets that the elements of the output depend on, for all values of the constants: a factor that
 * happens to be zero here, or the branch that `where` does not take, counts.
 */
export type PatternRuleOf<Params extends object> = (at: PatternAt<Params>) => Tensor;
export type PatternRule<P extends PrimitiveName> = PatternRuleOf<PrimitiveParams[P]>;
