import type { Structure } from "./structure.js";

/** How a leaf is reached from the root, as code would write it: `.layers[0].w`; empty for a tree that is one leaf. */
export function pathOf(structure: Structure, leaf: number): string {
  return pathsOf(structure)[leaf]!;
}

function pathsOf(structure: Structure): readonly string[] {
  if (structure.kind === "leaf") return [""];
  return structure.items.flatMap((item, i) => {
    const step = structure.kind === "array" ? `[${String(i)}]` : stepTo(structure.keys[i]!);
    return pathsOf(item).map((rest) => step + rest);
  });
}

/** `.key`, or `["a key"]` where that would not be JavaScript. */
export function stepTo(key: string): string {
  return /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}
