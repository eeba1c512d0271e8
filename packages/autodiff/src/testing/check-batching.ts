import { isFloat, ShapeError, slice, stack, type Tensor } from "@cotangent/core-tensor";
import { axesOf, axisIn, type AxisTree } from "../batch/axes.js";
import { flatten, unflatten } from "../tree/index.js";
import { vmap, type BatchOf, type VmapOptions } from "../transforms/vmap.js";
import { failed } from "./derivative-error.js";
import { paste } from "./paste.js";

/** Rounding errors of a product and of the same product inside of a larger one differ by less than this factor. */
const SPREAD = 256;

/**
 * Batching is looping: vmap(f) of the arguments is f of each example, stacked. Floating-point results agree to rounding,
 * relative to the largest element; others, and NaN and infinities, agree exactly. Of an empty batch only shapes are known.
 *
 * @throws DerivativeError
 */
export function checkBatching<A extends readonly unknown[]>(
  f: (...args: A) => unknown,
  args: { readonly [K in keyof A]: BatchOf<A[K]> },
  options: VmapOptions = {},
): void {
  const batched = flatten(vmap(f, options)(...args), "laws.batching: result");
  const size = sizeOf(args, options);
  if (size === 0) return;
  const examples = Array.from({ length: size }, (_, b) =>
    flatten(f(...(exampleOf(args, options, b) as unknown as A)), "laws.batching: result"),
  );
  const axes = axesOf(options.outAxes ?? 0, batched.structure, "laws.batching: outAxes");
  batched.leaves.forEach((found, i) => {
    const parts = examples.map(({ leaves }) => leaves[i]!);
    const axis = axes[i] ?? null;
    const expected = axis === null ? parts[0]! : stack(parts, axis);
    if (agrees(found, expected)) return;
    throw failed(
      { law: "batching", order: 1, mode: "batched", point: args, direction: [], seed: 0 },
      {
        headline: `batching is not looping: leaf ${String(i)} of vmap(f) differs from those of the ${String(size)} examples`,
        values: { batched: found, looped: expected },
        lines: [],
      },
      `fc.assert(laws.batching(f, fc.constant(${paste(args)}), ${paste(options)}))`,
    );
  });
}

/** The arguments of example b. */
function exampleOf(args: readonly unknown[], { inAxes = 0 }: VmapOptions, b: number): unknown[] {
  return args.map((arg, i) => {
    const tree = axisTree(inAxes, i);
    if (tree === null) return arg;
    const flat = flatten(arg);
    const axes = axesOf(tree, flat.structure, "laws.batching: inAxes");
    const leaves = flat.leaves.map((x, k) => {
      const axis = axes[k] ?? null;
      if (axis === null) return x;
      const before = new Array<null>(axisIn(x, axis, "laws.batching")).fill(null);
      return slice(x, ...before, b);
    });
    return unflatten(flat.structure, leaves);
  });
}

function sizeOf(args: readonly unknown[], { inAxes = 0 }: VmapOptions): number {
  for (const [i, arg] of args.entries()) {
    const tree = axisTree(inAxes, i);
    if (tree === null) continue;
    const flat = flatten(arg);
    for (const [k, axis] of axesOf(tree, flat.structure, "laws.batching: inAxes").entries()) {
      if (axis !== null) return flat.leaves[k]!.shape[axisIn(flat.leaves[k]!, axis, "laws.batching")]!;
    }
  }
  throw new ShapeError("laws.batching: no argument is mapped");
}

function axisTree(inAxes: AxisTree, i: number): AxisTree {
  return inAxes === null || typeof inAxes === "number" ? inAxes : (inAxes as readonly AxisTree[])[i]!;
}

function agrees(a: Tensor, b: Tensor): boolean {
  if (a.dtype !== b.dtype || a.shape.join() !== b.shape.join()) return false;
  const [x, y] = [Array.from(a.toTypedArray()), Array.from(b.toTypedArray())];
  const epsilon = isFloat(a.dtype) ? (a.dtype === "float32" ? 2 ** -23 : 2 ** -52) : 0;
  const largest = y.reduce((m, value) => (Number.isFinite(value) ? Math.max(m, Math.abs(value)) : m), 0);
  return x.every(
    (value, i) =>
      Object.is(value, y[i]) || value === y[i] || Math.abs(value - y[i]!) <= SPREAD * epsilon * largest,
  );
}
