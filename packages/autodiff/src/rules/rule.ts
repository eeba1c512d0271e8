import { add, bindOne, broadcastTo, primitives, sameShape, zerosLike } from "@cotangent/core-tensor";
import type { Primitive, PrimitiveName, PrimitiveParams, Tensor } from "@cotangent/core-tensor";

/** A tangent or cotangent that is known to be zero is null, and costs nothing. */
export type MaybeZero = Tensor | null;

/** Where a derivative is taken: the operands, the results and the parameters of one application. */
export interface At<P extends PrimitiveName> {
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  readonly params: PrimitiveParams[P];
}

/** Tangents of the inputs -> tangents of the outputs. Linear in the tangents, written with primitives. */
export type JvpRule<P extends PrimitiveName> = (
  tangents: readonly MaybeZero[],
  at: At<P>,
) => readonly MaybeZero[];

/** Of one linear application: which inputs it is linear in (jointly), the constant ones, the parameters. */
export interface LinearAt<P extends PrimitiveName> {
  /** Constant inputs are tensors with numbers; of linear inputs only shape and dtype may be read. */
  readonly inputs: readonly Tensor[];
  readonly linear: readonly boolean[];
  readonly params: PrimitiveParams[P];
}

/**
 * Cotangent of the output -> cotangents of the inputs, null for the constant ones. A cotangent may still have the
 * broadcast shape: the tape sums it back to the input's.
 */
export type TransposeRule<P extends PrimitiveName> = (ct: Tensor, at: LinearAt<P>) => readonly MaybeZero[];

/** The derivative along one operand of a primitive with one output. */
export type Partial<P extends PrimitiveName> = (
  t: Tensor,
  at: { readonly inputs: readonly Tensor[]; readonly output: Tensor; readonly params: PrimitiveParams[P] },
) => Tensor;

/** d out = sum over operands of partial_i(t_i); null for an operand without a derivative. */
export function each<P extends PrimitiveName>(...partials: readonly (Partial<P> | null)[]): JvpRule<P> {
  return (tangents, { inputs, outputs, params }) => {
    const output = outputs[0]!;
    const terms = tangents.flatMap((t, i) => {
      const partial = partials[i];
      return t === null || !partial ? [] : [partial(t, { inputs, output, params })];
    });
    return [
      terms.length === 0
        ? null
        : fitTo(
            terms.reduce((a, b) => add(a, b)),
            output,
          ),
    ];
  };
}

/** Operand i is one that the primitive is linear in, the others held: bind it again with the tangent in its place. */
export function along<P extends PrimitiveName>(
  primitive: Primitive<P, PrimitiveParams[P]>,
  operand: number,
): Partial<P> {
  return (t, { inputs, params }) =>
    bindOne(
      primitive,
      inputs.map((x, i) => (i === operand ? t : x)),
      params,
    );
}

/** A primitive that is linear in all operands together: bind it again on the tangents. */
export function linear<P extends PrimitiveName>(primitive: Primitive<P, PrimitiveParams[P]>): JvpRule<P> {
  return (tangents, { inputs, params }) => [
    bindOne(
      primitive,
      tangents.map((t, i) => t ?? zerosLike(inputs[i]!)),
      params,
    ),
  ];
}

/** The derivative is zero wherever it exists. */
export const zero = (): readonly MaybeZero[] => [null];

/** Repeated to the shape of the output, where an operand was. */
export function fitTo(t: Tensor, output: Tensor): Tensor {
  return sameShape(t.shape, output.shape) ? t : broadcastTo(t, output.shape);
}

export { primitives };
