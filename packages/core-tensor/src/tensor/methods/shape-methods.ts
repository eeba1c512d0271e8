import { at, type AtIndex, type TensorPart } from "../../ops/at.js";
import * as diagonals from "../../ops/diagonal.js";
import type { DiagonalOptions } from "../../ops/diagonal.js";
import * as joins from "../../ops/join.js";
import * as repeats from "../../ops/repeat.js";
import { roll } from "../../ops/roll.js";
import * as shapes from "../../ops/shape.js";
import * as slices from "../../ops/slice.js";
import * as sorts from "../../ops/sort.js";
import * as takes from "../../ops/take.js";
import { topK } from "../../ops/top-k.js";
import * as triangles from "../../ops/triangle.js";
import type { Range } from "../../ops/slice.js";
import type { Axes, Shape } from "../../shape/index.js";
import { onesLike, zerosLike } from "../create.js";
import type { Like } from "../like.js";
import { ReductionMethods } from "./reduction-methods.js";
import type { Tensor } from "../tensor.js";

/** Shapes, indexing and sorting. Each is the function of its name with this tensor first. */
export abstract class ShapeMethods extends ReductionMethods {
  /** Axes reversed: the transpose. */
  get T(): Tensor {
    return shapes.transpose(this as unknown as Tensor);
  }

  reshape(this: Tensor, newShape: Shape): Tensor {
    return shapes.reshape(this, newShape);
  }

  ravel(this: Tensor): Tensor {
    return shapes.ravel(this);
  }

  squeeze(this: Tensor, options?: { readonly axis?: Axes }): Tensor {
    return shapes.squeeze(this, options);
  }

  expandDims(this: Tensor, axis: number): Tensor {
    return shapes.expandDims(this, axis);
  }

  broadcastTo(this: Tensor, newShape: Shape): Tensor {
    return shapes.broadcastTo(this, newShape);
  }

  transpose(this: Tensor, axes?: readonly number[]): Tensor {
    return shapes.transpose(this, axes);
  }

  matrixTranspose(this: Tensor): Tensor {
    return shapes.matrixTranspose(this);
  }

  slice(this: Tensor, ...ranges: readonly Range[]): Tensor {
    return slices.slice(this, ...ranges);
  }

  flip(this: Tensor, options?: { readonly axis?: Axes }): Tensor {
    return slices.flip(this, options);
  }

  pad(this: Tensor, widths: readonly (readonly [before: number, after: number])[]): Tensor {
    return slices.pad(this, widths);
  }

  split(this: Tensor, parts: number | readonly number[], axis?: number): Tensor[] {
    return joins.split(this, parts, axis);
  }

  take(this: Tensor, indices: Like, axis?: number): Tensor {
    return takes.take(this, indices, axis);
  }

  takeAlongAxis(this: Tensor, indices: Like, axis?: number): Tensor {
    return takes.takeAlongAxis(this, indices, axis);
  }

  oneHot(this: Tensor, classes: number): Tensor {
    return takes.oneHot(this, classes);
  }

  at(this: Tensor, index: AtIndex): TensorPart {
    return at(this, index);
  }

  roll(
    this: Tensor,
    shift: number | readonly number[],
    options?: { readonly axis?: number | readonly number[] },
  ): Tensor {
    return roll(this, shift, options);
  }

  tile(this: Tensor, reps: number | readonly number[]): Tensor {
    return repeats.tile(this, reps);
  }

  repeat(this: Tensor, counts: number | readonly number[], options?: { readonly axis?: number }): Tensor {
    return repeats.repeat(this, counts, options);
  }

  diag(this: Tensor, k?: number): Tensor {
    return diagonals.diag(this, k);
  }

  diagonal(this: Tensor, options?: DiagonalOptions): Tensor {
    return diagonals.diagonal(this, options);
  }

  trace(this: Tensor, options?: DiagonalOptions): Tensor {
    return diagonals.trace(this, options);
  }

  tril(this: Tensor, k?: number): Tensor {
    return triangles.tril(this, k);
  }

  triu(this: Tensor, k?: number): Tensor {
    return triangles.triu(this, k);
  }

  sort(this: Tensor, options?: { readonly axis?: number }): Tensor {
    return sorts.sort(this, options);
  }

  topK(
    this: Tensor,
    k: number,
    options?: { readonly axis?: number },
  ): { readonly values: Tensor; readonly indices: Tensor } {
    return topK(this, k, options);
  }

  argsort(this: Tensor, options?: { readonly axis?: number }): Tensor {
    return sorts.argsort(this, options);
  }

  zerosLike(this: Tensor): Tensor {
    return zerosLike(this);
  }

  onesLike(this: Tensor): Tensor {
    return onesLike(this);
  }
}
