import { sum, type Tensor } from "@cotangent/core-tensor";
import { flatten, unflatten, type Flat } from "../tree/index.js";
import type { BatchTrace } from "./batch-trace.js";

/** Arguments that are batched in part, one level down, and the way back up. */
export class Lift {
  /** The leaves one level down. */
  readonly values: readonly Tensor[];
  private readonly batched: readonly boolean[];

  constructor(
    private readonly trace: BatchTrace,
    private readonly flat: Flat,
  ) {
    const below = flat.leaves.map((x) => trace.below(x));
    this.values = below.map(({ value }) => value);
    this.batched = below.map(({ batched }) => batched);
  }

  /** A tree of arguments from leaves like `values`. */
  raise(values: readonly Tensor[]): unknown {
    return unflatten(this.flat.structure, this.raiseLeaves(values));
  }

  /** Leaves of the batch from leaves like `values`. */
  raiseLeaves(values: readonly Tensor[]): readonly Tensor[] {
    return values.map((value, i) => (this.batched[i]! ? this.trace.batch(value) : value));
  }

  /** Leaves like `values` from cotangents of the arguments: one that is not batched gets the sum over all examples. */
  lowerCotangents(cotangents: readonly Tensor[]): readonly Tensor[] {
    return cotangents.map((ct, i) => {
      const whole = this.trace.wholeOf(ct);
      return this.batched[i]! ? whole : sum(whole, { axis: 0 });
    });
  }
}

/** A tree with, in place of every leaf, all examples of it along axis 0. */
export function loweredTree(trace: BatchTrace, value: unknown): unknown {
  const flat = flatten(value, "vmap: result of a custom rule");
  return unflatten(
    flat.structure,
    flat.leaves.map((x) => trace.wholeOf(x)),
  );
}

/** The inverse of `loweredTree`. */
export function raisedTree(trace: BatchTrace, value: unknown): unknown {
  const flat = flatten(value);
  return unflatten(
    flat.structure,
    flat.leaves.map((x) => trace.batch(x)),
  );
}
