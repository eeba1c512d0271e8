import type { Tensor } from "@cotangent/core-tensor";
import type { Space } from "./space.js";

/** What the builder of an operator says about it. Solvers check it before they rely on it. */
export interface Claims {
  /** A = A^T */
  readonly symmetric?: boolean;
  /** <x, A x> > 0 for every x other than 0; implies symmetric here */
  readonly positiveDefinite?: boolean;
}

/**
 * A linear map between spaces of trees, known by its action.
 *
 * Laws: `apply` is linear, and <u, A v> = <A^T u, v>. What an operator closes over may be traced: then its results are,
 * and a solve with it has the right derivative. An operator must not keep anything that it computed inside `apply`.
 */
export interface LinearOperator<X = unknown, Y = X> {
  readonly name: string;
  readonly domain: Space;
  readonly codomain: Space;
  readonly claims: Claims;
  /** x -> A x */
  apply(x: X): Y;
  /** A^T: prepared when this is called, not when the result is applied. */
  // The rule takes the X of the default for this X, although it would be Y there.
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-arguments
  transpose(): LinearOperator<Y, X>;
  /** A short cut to the matrix [m, n] that acts on raveled trees. */
  materialise?(): Tensor;
  /** The same operator of another matrix, where the matrix is all that it depends on. */
  readonly withMatrix?: (A: Tensor) => LinearOperator<X, Y>;
  /** All tensors that products depend on, where that is known without one. */
  readonly dependsOn?: readonly Tensor[] | undefined;
  /**
   * A short cut on coordinates: writes A x to y (another array) and keeps neither. Only where A depends on no traced value;
   * y has the bits of `apply`, or rounding apart.
   */
  readonly product?: (x: Float64Array, y: Float64Array) => void;
  /**
   * A short cut for several products at once: the rows x of a matrix [count, n] of coordinates to the rows A x of another,
   * [count, m], with the bits of `apply`, or rounding apart. undefined where they cannot be done at once.
   */
  readonly images?: (rows: Float64Array, count: number) => Float64Array | undefined;
}

/** Is this an operator (rather than a matrix)? */
export function isLinearOperator(x: unknown): x is LinearOperator {
  return typeof x === "object" && x !== null && "domain" in x && "codomain" in x && "apply" in x;
}

/** Claims of an operator made of others: what is not known to hold is not claimed, which is not to say that it fails. */
export function claimsThat(symmetric: boolean, positiveDefinite: boolean): Claims {
  return { ...(symmetric ? { symmetric } : {}), ...(positiveDefinite ? { positiveDefinite } : {}) };
}

/** Is A = A^T claimed? */
export function claimsSymmetry({ symmetric, positiveDefinite }: Claims): boolean {
  return symmetric === true || positiveDefinite === true;
}
