import { originOf, ShapeError, ValueError, withTrace, type Tensor } from "@cotangent/core-tensor";
import { axesOf, axisIn, type AxisTree } from "../batch/axes.js";
import { BatchTrace } from "../batch/batch-trace.js";
import { moveAxis } from "../rules/batch/align.js";
import { flatten, unflatten, type Flat, type Tensors } from "../tree/index.js";

/** Options of `vmap`. */
export interface VmapOptions {
  /**
   * Where the arguments have their examples: one axis for all, or an array with an axis (or a tree of axes) for each; null
   * for an argument that is the same for all examples. @defaultValue 0
   */
  readonly inAxes?: AxisTree;
  /** Where the results get their examples; null for one that is the same for all. @defaultValue 0 */
  readonly outAxes?: AxisTree;
}

/** A tree of batches (or, with axis null, of values), where the mapped function takes a tree of values. */
export type BatchOf<T> = T extends Tensor | number
  ? Tensor | number
  : T extends (...args: never) => unknown
    ? T
    : T extends object
      ? { [K in keyof T]: BatchOf<T[K]> }
      : T;

/**
 * f for a whole batch at once: as a loop over the examples with the results stacked, but every operation runs once, on all
 * examples. With x_b the slice of x at index b along its axis,
 *
 *     vmap(f)(x, y)_b = f(x_b, y_b)
 *
 * It nests, and it may contain and be contained in every other transformation. An argument with axis null may be any
 * value. Inside of f, shapes are those of one example, and there is no single number to read: `item()` and an `if` on it
 * throw BatchedValueError, `where` chooses for each example.
 *
 * @param f - trees -> a tree
 * @throws ShapeError when the batches have different sizes, or an axis is out of range
 * @throws TreeError when a tree of axes does not fit its argument
 * @throws ValueError when no argument is mapped, or outAxes is null for a result that differs between examples
 * @example
 * ```ts
 * vmap((x: Tensor) => x.square().sum())(tensor([[1, 2], [3, 4]])); // => [5, 25]
 *
 * // per-example gradients: one for each row of x, without a loop
 * const loss = (w: Tensor, x: Tensor, y: Tensor) => x.matmul(w).sub(y).square();
 * const x = tensor([[1, 2], [3, 4], [5, 6]]);
 * const gradients = vmap(grad(loss), { inAxes: [null, 0, 0] })(tensor([1, -1]), x, tensor([0, 1, 0]));
 * gradients; // => [[ -2,  -4],\n [-12, -16],\n [-10, -12]]
 *
 * // the Gramian of a kernel: k(x_i, x_j) for all pairs
 * const kernel = (a: Tensor, b: Tensor) => a.sub(b).square().sum().neg().div(8).exp();
 * const gramian = vmap((a: Tensor) => vmap((b: Tensor) => kernel(a, b))(x))(x);
 * gramian; // => [[          1,  0.36787944, 0.018315639],\n [ 0.36787944,           1,  0.36787944],\n [0.018315639,  0.36787944,           1]]
 * ```
 */
export function vmap<A extends readonly unknown[], R>(
  f: (...args: A) => R,
  { inAxes = 0, outAxes = 0 }: VmapOptions = {},
): (...args: { readonly [K in keyof A]: BatchOf<A[K]> }) => Tensors<R> {
  const origin = originOf("vmap", vmap);
  return (...args) => {
    const inputs = args.map((arg, i) => argument(arg, axisTreeOf(inAxes, i, args.length), i));
    const size = sizeOfBatch(inputs);
    return withTrace(
      (level) => new BatchTrace(level, size, origin),
      (trace) => {
        const own = inputs.map(({ value, flat, axes }) => {
          if (flat === undefined) return value;
          const leaves = flat.leaves.map((x, i) => {
            const axis = axes[i] ?? null;
            return axis === null ? x : trace.batch(moveAxis(x, axis, 0));
          });
          return unflatten(flat.structure, leaves);
        });
        const out = flatten(f(...(own as unknown as A)), "vmap: result");
        const axes = axesOf(outAxes, out.structure, "vmap: outAxes");
        const leaves = out.leaves.map((x, i) => outward(trace, x, axes[i] ?? null));
        return unflatten(out.structure, leaves) as Tensors<R>;
      },
    );
  };
}

/** An argument with the axes of its leaves; without leaves where it is not mapped. */
interface Mapped {
  readonly value: unknown;
  readonly flat?: Flat;
  readonly axes: readonly (number | null)[];
}

function argument(value: unknown, tree: AxisTree, i: number): Mapped {
  const where = `vmap: argument ${String(i)}`;
  if (tree === null) return { value, axes: [] };
  const flat = flatten(value, where);
  const axes = axesOf(tree, flat.structure, `${where}: inAxes`).map((axis, k) =>
    axis === null ? null : axisIn(flat.leaves[k]!, axis, where),
  );
  return { value, flat, axes };
}

function axisTreeOf(inAxes: AxisTree, i: number, count: number): AxisTree {
  if (inAxes === null || typeof inAxes === "number") return inAxes;
  if (Array.isArray(inAxes) && inAxes.length === count) return (inAxes as readonly AxisTree[])[i]!;
  throw new ValueError(
    `vmap: inAxes is one axis for all arguments, or an array with an entry for each of the ${String(count)}, got ` +
      JSON.stringify(inAxes),
  );
}

function sizeOfBatch(inputs: readonly Mapped[]): number {
  const sizes = inputs.map(({ flat, axes }) =>
    axes.flatMap((axis, k) => (axis === null ? [] : [flat!.leaves[k]!.shape[axis]!])),
  );
  const size = sizes.flat()[0];
  if (size === undefined) {
    throw new ValueError(
      "vmap: no argument is mapped, so the size of the batch is not known: give one an axis in inAxes",
    );
  }
  if (sizes.flat().some((other) => other !== size)) {
    const found = sizes.flatMap((own, i) =>
      own.length === 0 ? [] : [`argument ${String(i)}: ${[...new Set(own)].join(", ")}`],
    );
    throw new ShapeError(
      `vmap: all mapped axes must have the same length, the size of the batch, got ${found.join("; ")}`,
    );
  }
  return size;
}

function outward(trace: BatchTrace, x: Tensor, axis: number | null): Tensor {
  if (axis !== null) {
    const whole = trace.wholeOf(x);
    return moveAxis(whole, 0, axisIn(whole, axis, "vmap: outAxes, for a result"));
  }
  const { value, batched } = trace.below(x);
  if (!batched) return value;
  throw new ValueError("vmap: outAxes is null for a result that differs between examples: give it an axis");
}
