import type { DType } from "../dtype/index.js";

/** Where an operand or a result is read or written: element offset + sum over axes of index * stride. */
export interface Access {
  /** Position in the list of operands, or of results. */
  readonly array: number;
  readonly offset: number;
  /** One for every axis of the domain; 0 along axes that it does not depend on. */
  readonly strides: readonly number[];
}

/** An elementwise expression in a, b, c with statements before it, rounded to a dtype as if it was stored. */
export interface FusedMap {
  readonly kind: "map";
  readonly expression: string;
  readonly before: readonly string[];
  /** Numbers of the values that a, b, c stand for. */
  readonly inputs: readonly number[];
  readonly dtype: DType;
}

/** A value of a fused kernel; its number is its position in the list. */
export type FusedValue =
  | { readonly kind: "number"; readonly value: number }
  | ({ readonly kind: "load" } & Access)
  | FusedMap
  | { readonly kind: "sum" | "max" | "min"; readonly input: number; readonly dtype: DType };

/**
 * Elementwise expressions and reductions over some of the axes in one loop: the values at every element of the domain are
 * reduced, those after the reductions are one for all of the reduced axes.
 */
export interface FusedKernel {
  /** Lengths of the axes. */
  readonly domain: readonly number[];
  readonly reduced: readonly boolean[];
  readonly values: readonly FusedValue[];
  /** Values computed once for all of the reduced axes: the reductions, and what is computed from them. */
  readonly after: readonly boolean[];
  readonly results: readonly (Access & { readonly value: number })[];
}
