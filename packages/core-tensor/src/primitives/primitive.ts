import type { DType, TypedArray } from "../dtype/index.js";
import type { Shape } from "../shape/index.js";
import type { TransposedMatrix } from "./transposed-matrix.js";

/** What is known of a tensor without its numbers. */
export interface Abstract {
  readonly shape: Shape;
  readonly dtype: DType;
}

/** A tensor whose numbers are on the host. */
export interface HostTensor extends Abstract {
  readonly content: TypedArray;
  /** The matrix of which this is the transpose, until somebody has asked for the content. */
  readonly transposeOf?: HostTensor | undefined;
}

/** What an operation computes; how it differentiates is in the tables of autodiff. */
export interface Primitive<Name extends string = string, Params extends object = object> {
  readonly name: Name;
  /** The primitive that its derivative is made of, where nothing else needs that one: bundles have both or none. */
  readonly slope?: Primitive;
  /** Shape rule: the outputs, from the inputs; throws ShapeError or DTypeError for what does not fit. */
  shape(inputs: readonly Abstract[], params: Params): readonly Abstract[];
  /**
   * The numbers of the outputs, in new arrays or (for a reshape) the input's own: mostly `intoNewArrays`. Those of a
   * transposed matrix may be worked out later.
   */
  evaluate(
    inputs: readonly HostTensor[],
    params: Params,
    outputs: readonly Abstract[],
  ): readonly (TypedArray | TransposedMatrix)[];
  /**
   * The same for many inputs of equal shapes, into arrays that exist, which hold anything before. What depends on shapes and
   * parameters alone is worked out once, and room for what is needed on the way is taken once: so it runs once at a time, and
   * allocates nothing.
   */
  prepare(inputs: readonly Abstract[], params: Params, outputs: readonly Abstract[]): Prepared;
}

/**
 * Computes the numbers of the outputs from those of the inputs, and keeps neither. Of large inputs that come again, products
 * and triangular solves keep copies in the memory of their kernels, unless it was said that they change (`keepNoCopies`).
 */
export type Prepared = (inputs: readonly TypedArray[], outputs: readonly TypedArray[]) => void;

/** The input's numbers as they are. */
export const copy: Prepared = ([x], [out]) => {
  out!.set(x!);
};

export function contentOf({ content }: HostTensor): TypedArray {
  return content;
}
