import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./run.mjs";

/** Where scripts/pack.mjs leaves the packed packages. */
export const archives = join(root, "node_modules", ".cotangent", "archives");

/** The packed packages; fails loudly if there are none, since checking nothing would pass. */
export function packed() {
  const files = existsSync(archives) ? readdirSync(archives).filter((name) => name.endsWith(".tgz")) : [];
  if (files.length === 0) throw new Error("No packed packages: run `node scripts/pack.mjs` first.");
  return files.sort().map((name) => join(archives, name));
}
