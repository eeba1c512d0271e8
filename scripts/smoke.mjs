// Installs the packed packages into an empty folder with npm, as a user would, and loads every entry point with
// plain Node, by import and by require.
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packed } from "./lib/archives.mjs";
import { root, run } from "./lib/run.mjs";
import { packages } from "./lib/workspace.mjs";

const specifiers = packages().flatMap(({ name, entries }) => entries.map((entry) => join(name, entry)));

// fast-check is a peer of the ./testing entries. gpu.js is left out on purpose: no entry may need it to load.
const peers = ["fast-check"];

const loader = `
import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
for (const specifier of ${JSON.stringify(specifiers)}) {
  const names = Object.keys(await import(specifier));
  const required = Object.keys(require(specifier));
  if (String(names) !== String(required)) throw new Error(specifier + ": import and require differ");
  console.log(specifier + ": " + names.length + " exports");
}
// A package that carried a copy of another would have a Tensor of its own, and refuse this one.
const [{ tensor }, { grad }] = [await import("@cotangent/core-tensor"), await import("@cotangent/autodiff")];
if (grad((x) => x.square())(tensor(3)).item() !== 6) throw new Error("grad of x^2 at 3 is not 6");
// Neither may an entry carry a copy of what another one has.
const { inv, solve } = await import("@cotangent/core-tensor/linalg");
const { linalg } = await import("@cotangent/core-tensor");
if (linalg.solve !== solve || String(tensor([[2]]).inv()) !== String(inv([[2]]))) throw new Error("two copies of linalg");
`;

const folder = mkdtempSync(join(tmpdir(), "cotangent-smoke-"));
try {
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  writeFileSync(join(folder, "load.js"), loader);
  // Offline: the archives and what is in them must be enough.
  const quiet = ["--offline", "--no-audit", "--no-fund", "--omit=peer", "--loglevel=error"];
  const installed = run(["npm", "install", ...quiet, ...packed()], { cwd: folder });
  for (const peer of peers)
    symlinkSync(join(root, "node_modules", peer), join(folder, "node_modules", peer), "junction");
  process.exitCode = installed || run(["node", "load.js"], { cwd: folder });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
