import { asTensor, isNumeric, isTensor, type Tensor } from "@cotangent/core-tensor";
import { TreeError } from "../errors/errors.js";
import { stepTo } from "./paths.js";

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
 * @throws TreeError for anything that is not a tensor, a number, a plain object or an array of such, or that contains itself
 * @example
 * ```ts
 * const { leaves, structure } = tree.flatten({ w: tensor([1, 2]), b: 3 });
 * leaves.map(String); // => ["3", "[1, 2]"]
 * tree.formatStructure(structure); // => "{b: *, w: *}"
 * ```
 */
export function flatten(tree: unknown, where = "tree"): Flat {
  if (isTensor(tree)) return { leaves: [tree], structure: leaf };
  const leaves: Tensor[] = [];
  const open: { readonly node: object; readonly path: string }[] = [];
  const inside = (node: object, path: string, items: () => readonly Structure[]): readonly Structure[] => {
    const outer = open.find((container) => container.node === node);
    if (outer !== undefined) {
      throw new TreeError(`${path}: a tree cannot contain itself, but this is ${outer.path} again`);
    }
    open.push({ node, path });
    const structures = items();
    open.pop();
    return structures;
  };
  const visit = (node: unknown, path: string): Structure => {
    if (isTensor(node) || isNumeric(node)) {
      leaves.push(asTensor(node));
      return leaf;
    }
    if (Array.isArray(node)) {
      const items = () => node.map((item, i) => visit(item, `${path}[${String(i)}]`));
      return { kind: "array", items: inside(node, path, items) };
    }
    if (isPlainObject(node)) {
      const keys = Object.keys(node).sort();
      const items = () => keys.map((key) => visit(node[key], path + stepTo(key)));
      return { kind: "object", keys, items: inside(node, path, items) };
    }
    throw new TreeError(
      `${path}: expected a tensor, a number, a plain object or an array of such, got ${describeNode(node)}`,
    );
  };
  const structure = visit(tree, where);
  return { leaves, structure };
}

/**
 * Puts a tree together again; the inverse of `flatten`.
 *
 * @example
 * ```ts
 * const { structure } = tree.flatten({ w: tensor([1, 2]), b: 3 });
 * tree.unflatten(structure, [10, 20]); // => { b: 10, w: 20 }
 * ```
 */
export function unflatten(structure: Structure, leaves: readonly unknown[]): unknown {
  if (structure.kind === "leaf") return leaves[0];
  let next = 0;
  const build = (node: Structure): unknown => {
    if (node.kind === "leaf") return leaves[next++];
    if (node.kind === "array") return node.items.map(build);
    const object: Record<string, unknown> = {};
    for (let i = 0; i < node.keys.length; i++) {
      const key = node.keys[i]!;
      const value = build(node.items[i]!);
      // An assignment to this name would set the prototype.
      if (key !== "__proto__") object[key] = value;
      else
        Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
    }
    return object;
  };
  return build(structure);
}

/**
 * Same nesting, same keys?
 *
 * @example
 * ```ts
 * tree.sameStructure(tree.structure([1, 2]), tree.structure([3, 4])); // => true
 * tree.sameStructure(tree.structure([1, 2]), tree.structure({ a: 1 })); // => false
 * ```
 */
export function sameStructure(a: Structure, b: Structure): boolean {
  if (a === b) return true;
  if (a.kind === "leaf" || b.kind === "leaf" || a.kind !== b.kind) return a.kind === b.kind;
  if (a.items.length !== b.items.length) return false;
  if (a.kind === "object" && b.kind === "object" && a.keys.some((key, i) => key !== b.keys[i])) return false;
  return a.items.every((item, i) => sameStructure(item, b.items[i]!));
}

/**
 * `{b: *, w: [*, *]}` as text, for messages.
 *
 * @example
 * ```ts
 * tree.formatStructure(tree.structure({ w: [1, 2], b: 3 })); // => "{b: *, w: [*, *]}"
 * ```
 */
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

/** What something is that is not what was expected, for messages. */
export function describeNode(node: unknown): string {
  if (node === undefined) return "undefined: is it missing?";
  if (node === null) return "null";
  if (typeof node === "string") return `the string ${JSON.stringify(node)}`;
  if (typeof node === "function") return "a function";
  if (typeof node !== "object") return `a ${typeof node}`;
  if (Array.isArray(node)) return "an array";
  if ("then" in node) {
    return "a Promise: transformed functions cannot be async. Await what they need first, and pass it in";
  }
  const prototype: unknown = Object.getPrototypeOf(node);
  return isPlainObject(node) || prototype === null ? "an object" : `a ${node.constructor.name}`;
}
