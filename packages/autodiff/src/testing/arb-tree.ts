import * as fc from "fast-check";
import type { Tensor } from "@cotangent/core-tensor";
import { arbTensor } from "./arb-tensor.js";

/** A tree of tensors. */
export type TensorTree = Tensor | readonly TensorTree[] | { readonly [key: string]: TensorTree };

/** Options of `arbTree`. */
export interface ArbTreeOptions {
  /** An arbitrary of leaves. @defaultValue arbTensor() */
  readonly leaf?: fc.Arbitrary<Tensor>;
  /** Nesting of arrays and objects. @defaultValue 2 */
  readonly maxDepth?: number;
  /** Children of an array or an object. @defaultValue 3 */
  readonly maxChildren?: number;
}

/**
 * A tree of arrays, objects (keys "a", "b", ...) and tensors. It shrinks to a leaf, to one of its children, to fewer
 * children, and to simpler leaves.
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { arbTree, laws } from "@cotangent/autodiff/testing";
 *
 * fc.assert(laws.adjoint((p: Tree) => tree.map((x) => x.sin(), p), fc.tuple(arbTree())));
 * ```
 */
export function arbTree({
  leaf = arbTensor(),
  maxDepth = 2,
  maxChildren = 3,
}: ArbTreeOptions = {}): fc.Arbitrary<TensorTree> {
  return new TreeArbitrary(leaf, maxDepth, maxChildren);
}

type Drawn =
  | { readonly kind: "leaf"; readonly leaf: fc.Value<Tensor> }
  | { readonly kind: "array" | "object"; readonly children: readonly Drawn[]; readonly instead: Drawn };

const kinds = ["leaf", "array", "object"] as const;

class TreeArbitrary extends fc.Arbitrary<TensorTree> {
  constructor(
    private readonly leaf: fc.Arbitrary<Tensor>,
    private readonly maxDepth: number,
    private readonly maxChildren: number,
  ) {
    super();
  }

  override generate(random: fc.Random, bias: number | undefined): fc.Value<TensorTree> {
    const draw = (depth: number): Drawn => {
      const leaf: Drawn = { kind: "leaf", leaf: this.leaf.generate(random, bias) };
      const kind = depth === 0 ? "leaf" : kinds[random.nextInt(0, 2)]!;
      if (kind === "leaf") return leaf;
      const length = random.nextInt(0, this.maxChildren);
      return { kind, children: Array.from({ length }, () => draw(depth - 1)), instead: leaf };
    };
    return made(draw(this.maxDepth));
  }

  override canShrinkWithoutContext(_: unknown): _ is TensorTree {
    return false;
  }

  override shrink(_: TensorTree, context: unknown): fc.Stream<fc.Value<TensorTree>> {
    return fc.stream(this.simpler(context as Drawn)).map(made);
  }

  private *simpler(drawn: Drawn): Generator<Drawn> {
    if (drawn.kind === "leaf") {
      const { value, context } = drawn.leaf;
      for (const leaf of this.leaf.shrink(value, context)) yield { kind: "leaf", leaf };
      return;
    }
    const { children } = drawn;
    yield drawn.instead;
    yield* children;
    for (const i of children.keys()) yield { ...drawn, children: children.filter((_, k) => k !== i) };
    for (const [i, child] of children.entries()) {
      for (const next of this.simpler(child)) {
        yield { ...drawn, children: children.map((old, k) => (k === i ? next : old)) };
      }
    }
  }
}

function made(drawn: Drawn): fc.Value<TensorTree> {
  return new fc.Value(treeOf(drawn), drawn);
}

function treeOf(drawn: Drawn): TensorTree {
  if (drawn.kind === "leaf") return drawn.leaf.value;
  const items = drawn.children.map(treeOf);
  if (drawn.kind === "array") return items;
  return Object.fromEntries(items.map((item, i) => [String.fromCharCode(97 + i), item]));
}
