import { asTensor, isNumeric, isTensor, type Tensor } from "@cotangent/core-tensor";
import { TreeError } from "../errors/errors.js";

/** The shape of a tree, without its leaves. */
export type Structure =
  | { readonly kind: "leaf" }
  | { readonly kind: "array"; readonly items: readonly Structure[] }
  | { readonly kind: "object"; readonly keys: readonly string[]; readonly items: readonly Structure[] };

const leaf: Structure = { kind: "leaf" };

/** The leaves of a tree, in order, and its structure. */
export interface Flat {
  readonly leaves: readonly Tensor[];
  readonly structure: Structure;
}

/**
 * Takes a tree apart.
 *
 * @throws TreeError for anything that is not a tensor, a number, a plain object or an array of such
 */
export function flatten(tree: unknown, where = "tree"): Flat {
  const leaves: Tensor[] = [];
  const visit = (node: unknown): Structure => {
    if (isTensor(node)) {
      leaves.push(node);
      return leaf;
    }
    if (isNumeric(node)) {
      leaves.push(asTensor(node));
      return leaf;
    }
    if (Array.isArray(node)) return { kind: "array", items: node.map(visit) };
    if (isPlainObject(node)) {
      const keys = Object.keys(node).sort();
      return { kind: "object", keys, items: keys.map((key) => visit(node[key])) };
    }
    throw new TreeError(
      `${pathTo(node, tree, where)!}: expected a tensor, a number, a plain object or an array of such, got ${describe(node)}`,
    );
  };
  const structure = visit(tree);
  return { leaves, structure };
}

/** Where the first node that is this value stands in a tree. */
function pathTo(value: unknown, node: unknown, path: string): string | undefined {
  if (Object.is(node, value)) return path;
  const children: readonly (readonly [string, unknown])[] = Array.isArray(node)
    ? node.map((item, i) => [`${path}[${String(i)}]`, item])
    : isPlainObject(node)
      ? Object.keys(node)
          .sort()
          .map((key) => [`${path}.${key}`, node[key]])
      : [];
  for (const [at, child] of children) {
    const found = pathTo(value, child, at);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Puts a tree together again; the inverse of `flatten`. */
export function unflatten(structure: Structure, leaves: readonly unknown[]): unknown {
  if (structure.kind === "leaf") return leaves[0];
  let next = 0;
  const build = (node: Structure): unknown => {
    if (node.kind === "leaf") return leaves[next++];
    if (node.kind === "array") return node.items.map(build);
    return Object.fromEntries(node.keys.map((key, i) => [key, build(node.items[i]!)]));
  };
  return build(structure);
}

/** Same nesting, same keys? */
export function sameStructure(a: Structure, b: Structure): boolean {
  if (a === b) return true;
  if (a.kind === "leaf" || b.kind === "leaf" || a.kind !== b.kind) return a.kind === b.kind;
  if (a.items.length !== b.items.length) return false;
  if (a.kind === "object" && b.kind === "object" && a.keys.some((key, i) => key !== b.keys[i])) return false;
  return a.items.every((item, i) => sameStructure(item, b.items[i]!));
}

/** `{b: *, w: [*, *]}` as text, for messages. */
export function formatStructure(structure: Structure): string {
  if (structure.kind === "leaf") return "*";
  const items = structure.items.map(formatStructure);
  if (structure.kind === "array") return `[${items.join(", ")}]`;
  return `{${structure.keys.map((key, i) => `${key}: ${items[i]!}`).join(", ")}}`;
}

/** An object literal, and not an instance of a class? */
export function isPlainObject(node: unknown): node is Record<string, unknown> {
  if (typeof node !== "object" || node === null) return false;
  const prototype: unknown = Object.getPrototypeOf(node);
  return prototype === Object.prototype || prototype === null;
}

function describe(node: unknown): string {
  if (node === null || node === undefined) return String(node);
  if (typeof node === "object") return `a ${node.constructor.name}`;
  return `a ${typeof node}`;
}
