import * as joins from "../../ops/join.js";
import * as shapes from "../../ops/shape.js";
import * as slices from "../../ops/slice.js";
import * as sorts from "../../ops/sort.js";
import * as takes from "../../ops/take.js";
import * as triangles from "../../ops/triangle.js";
import type { Range } from "../../ops/slice.js";
import type { Axes, Shape } from "../../shape/index.js";
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

  diag(this: Tensor): Tensor {
    return takes.diag(this);
  }

  trace(this: Tensor): Tensor {
    return takes.trace(this);
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

  argsort(this: Tensor, options?: { readonly axis?: number }): Tensor {
    return sorts.argsort(this, options);
  }
}
