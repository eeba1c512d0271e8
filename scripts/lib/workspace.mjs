import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./run.mjs";

/**
 * The published packages. `entries` are the paths of package.json's `exports`, which is the only list of entry
 * points: "." is src/index.ts, "./testing" is src/testing/index.ts.
 */
export function packages() {
  return readdirSync(join(root, "packages"))
    .sort()
    .map((folder) => {
      const directory = join(root, "packages", folder);
      const manifest = JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
      const entries = Object.keys(manifest.exports).map((path) => path.slice(2));
      return { name: manifest.name, directory, entries, exports: manifest.exports };
    });
}

/** Programs that are run, not published: the examples of the documentation, and the benchmarks. */
export function programs() {
  const examples = join(root, "docs", "examples");
  const names = existsSync(examples) ? readdirSync(examples).sort() : [];
  return [...names.map((name) => join(examples, name)), join(root, "bench")].filter((directory) =>
    existsSync(join(directory, "src", "main.ts")),
  );
}
