import {
  astype,
  asTensor,
  formatShape,
  hostArray,
  isTensor,
  sameShape,
  sizeOf,
  tensor,
  Tensor,
  type Abstract,
  type Like,
  type Shape,
} from "@cotangent/core-tensor";
import { tree, TreeError } from "@cotangent/autodiff";

/** The vector space of trees of one structure: what an operator takes, or what it returns. */
export interface Space {
  readonly structure: tree.Structure;
  /** Shape and dtype of each leaf. */
  readonly leaves: readonly Abstract[];
  /** The dimension: the number of elements of all leaves. */
  readonly size: number;
}

/** The space of trees like this one. */
export function spaceLike(like: unknown): Space {
  const { structure, leaves } = tree.flatten(like, "like");
  return spaceOf(
    structure,
    leaves.map(({ shape, dtype }) => ({ shape, dtype: dtype === "float32" ? dtype : "float64" })),
  );
}

/** The space of single tensors of a shape. */
export function tensorSpace(shape: Shape, dtype: "float64" | "float32" = "float64"): Space {
  return spaceOf({ kind: "leaf" }, [{ shape, dtype }]);
}

function spaceOf(structure: tree.Structure, leaves: readonly Abstract[]): Space {
  return { structure, leaves, size: leaves.reduce((total, { shape }) => total + sizeOf(shape), 0) };
}

/** Same structure and same shapes? */
export function sameSpace(a: Space, b: Space): boolean {
  return (
    a === b ||
    (tree.sameStructure(a.structure, b.structure) &&
      a.leaves.every(({ shape }, i) => sameShape(shape, b.leaves[i]!.shape)))
  );
}

/** The space as text, for messages: structure and shapes. */
export function formatSpace(space: Space): string {
  const shapes = space.leaves.map(({ shape }) => formatShape(shape));
  if (space.structure.kind === "leaf") return shapes.join();
  return `${tree.formatStructure(space.structure)} with leaves ${shapes.join(", ")}`;
}

/**
 * The leaves of a tree of the space, in its dtypes.
 *
 * @throws TreeError when the structure or a shape differs
 */
export function leavesIn(space: Space, x: unknown, where: string): readonly Tensor[] {
  // In a space of single tensors nested arrays are one tensor, not a tree of numbers.
  const value = space.structure.kind === "leaf" && Array.isArray(x) ? asTensor(x as Like) : x;
  const { structure, leaves } = isTensor(value)
    ? { structure: leaf, leaves: [value] }
    : tree.flatten(value, where);
  const wanted = (): string => `${where}: expected a tree like ${formatSpace(space)}`;
  if (!tree.sameStructure(structure, space.structure)) {
    throw new TreeError(`${wanted()}, got the structure ${tree.formatStructure(structure)}`);
  }
  return leaves.map((x, i) => {
    const { shape, dtype } = space.leaves[i]!;
    if (!sameShape(x.shape, shape)) throw new TreeError(`${wanted()}, got shape ${formatShape(x.shape)}`);
    return x.dtype === dtype ? x : astype(x, dtype);
  });
}

/** The tree of the space with these leaves. */
export function treeIn(space: Space, leaves: readonly Tensor[]): unknown {
  return tree.unflatten(space.structure, leaves);
}

/** The unit roundoff of products between these spaces. */
export function epsilonOf(...spaces: readonly Space[]): number {
  const single = spaces.some(({ leaves }) => leaves.some(({ dtype }) => dtype === "float32"));
  return single ? 2 ** -23 : 2 ** -52;
}

/** The leaves of the space that hold these coordinates. */
export function fromCoordinates(space: Space, x: Float64Array): Tensor[] {
  let position = 0;
  return space.leaves.map(({ shape, dtype }) => {
    const part = x.subarray(position, (position += sizeOf(shape)));
    return tensor(part, { shape, dtype });
  });
}

/** The (primal) numbers of all leaves, in one vector: x, where that is given. */
export function toCoordinates(
  space: Space,
  leaves: readonly Tensor[],
  x: Float64Array = new Float64Array(space.size),
): Float64Array {
  let position = 0;
  for (const leaf of leaves) {
    const data = hostArray(leaf, "linearSolve");
    x.set(data, position);
    position += data.length;
  }
  return x;
}

/** Several vectors, the rows of a matrix, as one batch: leaves with an axis of `count` in front. */
export function batchFromRows(space: Space, rows: Float64Array, count: number): readonly Tensor[] {
  let position = 0;
  return space.leaves.map(({ shape, dtype }) => {
    const length = sizeOf(shape);
    const values = new Float64Array(count * length);
    if (length === space.size) values.set(rows);
    for (let k = 0; k < count && length < space.size; k++) {
      const start = k * space.size + position;
      values.set(rows.subarray(start, start + length), k * length);
    }
    position += length;
    return astype(new Tensor([count, ...shape], "float64", values), dtype);
  });
}

/** The inverse of `batchFromRows`. */
export function rowsOfBatch(space: Space, leaves: readonly Tensor[], count: number): Float64Array {
  const rows = new Float64Array(count * space.size);
  let position = 0;
  for (const leaf of leaves) {
    const values = hostArray(leaf, "linearSolve");
    const length = values.length / count;
    if (length === space.size) rows.set(values);
    for (let k = 0; k < count && length < space.size; k++) {
      rows.set(values.subarray(k * length, (k + 1) * length), k * space.size + position);
    }
    position += length;
  }
  return rows;
}

const leaf: tree.Structure = { kind: "leaf" };
