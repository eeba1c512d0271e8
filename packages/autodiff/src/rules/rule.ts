import { add, bindOne, broadcastTo, sameShape, zerosLike } from "@cotangent/core-tensor";
import type { Primitive, PrimitiveName, PrimitiveParams, Tensor } from "@cotangent/core-tensor";

/** A tangent or cotangent that is known to be zero is null, and costs nothing. */
export type MaybeZero = Tensor | null;

/** A primitive by its name. Rules take it from the application, so that a bundle has no kernel that it does not apply. */
export type Named<P extends PrimitiveName> = Primitive<P, PrimitiveParams[P]>;

/** Where a derivative is taken: one application of a primitive, with its operands, results and parameters. */
export interface At<P extends PrimitiveName> {
  readonly primitive: Named<P>;
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
  readonly primitive: Named<P>;
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

/** One application of a primitive with one output. */
export type AtOne<P extends PrimitiveName> = Omit<At<P>, "outputs"> & { readonly output: Tensor };

/** The derivative along one operand of a primitive with one output. */
export type Partial<P extends PrimitiveName> = (t: Tensor, at: AtOne<P>) => Tensor;

/** d out = sum over operands of partial_i(t_i); null for an operand without a derivative. */
export function each<P extends PrimitiveName>(...partials: readonly (Partial<P> | null)[]): JvpRule<P> {
  return (tangents, { primitive, inputs, outputs, params }) => {
    const output = outputs[0]!;
    let total: MaybeZero = null;
    for (let i = 0; i < tangents.length; i++) {
      const [t, partial] = [tangents[i] ?? null, partials[i]];
      if (t === null || !partial) continue;
      const term = partial(t, { primitive, inputs, output, params });
      total = total === null ? term : add(total, term);
    }
    return [total && fitTo(total, output)];
  };
}

/** Operand i is one that the primitive is linear in, the others held: bind it again with the tangent in its place. */
export function along<P extends PrimitiveName>(operand: number): Partial<P> {
  return (t, { primitive, inputs, params }) =>
    bindOne(
      primitive,
      inputs.map((x, i) => (i === operand ? t : x)),
      params,
    );
}

/** The slope that comes with a primitive, which so is in no bundle without it. */
export function slope<P extends PrimitiveName>(
  { primitive, inputs }: Pick<At<P>, "primitive" | "inputs">,
  params: object = {},
): Tensor {
  return bindOne(primitive.slope!, inputs, params);
}

/** A primitive that is linear in all operands together: bind it again on the tangents. */
export function linear<P extends PrimitiveName>(
  tangents: readonly MaybeZero[],
  { primitive, inputs, params }: At<P>,
): readonly MaybeZero[] {
  const known = tangents.map((t, i) => t ?? zerosLike(inputs[i]!));
  return [bindOne(primitive, known, params)];
}

/** The derivative is zero wherever it exists. */
export const zero = (): readonly MaybeZero[] => [null];

/** Repeated to the shape of the output, where an operand was. */
export function fitTo(t: Tensor, output: Tensor): Tensor {
  return sameShape(t.shape, output.shape) ? t : broadcastTo(t, output.shape);
}
