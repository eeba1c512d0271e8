// Makes a checkout ready to run: installs when the dependencies changed, builds when the sources changed. Plain
// Node without dependencies, because it runs before there are any.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { pnpm, root, run } from "./lib/run.mjs";
import { packages, programs } from "./lib/workspace.mjs";

const stamp = (name) => join(root, "node_modules", ".cotangent", name);

/** Every file under the given paths, without what is installed or built. */
function* files(path) {
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (["node_modules", "dist", "coverage"].includes(entry.name)) continue;
    const child = join(path, entry.name);
    if (entry.isDirectory()) yield* files(child);
    else yield child;
  }
}

const workspace = () => ["packages", "docs", "bench"].flatMap((folder) => [...files(join(root, folder))]);
const atRoot = (...names) => names.map((name) => join(root, name));

/** A digest of names and contents; times are not used, since a fresh checkout has new ones. */
function digest(paths) {
  const hash = createHash("sha256").update(process.version);
  for (const path of paths.sort()) hash.update(relative(root, path)).update(readFileSync(path));
  return hash.digest("hex");
}

const isCurrent = (name, value) => existsSync(stamp(name)) && readFileSync(stamp(name), "utf8") === value;

function writeStamp(name, value) {
  mkdirSync(dirname(stamp(name)), { recursive: true });
  writeFileSync(stamp(name), value);
}

/** Installs the locked dependencies if the lockfile or a manifest changed. Returns an exit code. */
export function install() {
  const manifests = workspace().filter((path) => path.endsWith("package.json"));
  const value = digest([...manifests, ...atRoot("package.json", "pnpm-lock.yaml", "pnpm-workspace.yaml")]);
  if (isCurrent("install", value)) return 0;
  console.log("Installing dependencies ...");
  const code = run([...pnpm, "install", "--frozen-lockfile"]);
  if (code === 0) writeStamp("install", value);
  return code;
}

/** Builds if a source changed or an output is missing. Returns an exit code. */
export function build() {
  const sources = workspace().filter((path) => /\.ts$|\.json$/.test(path) && !path.endsWith(".test.ts"));
  const value = digest([...sources, ...atRoot("scripts/build.mjs", "tsconfig.base.json", "pnpm-lock.yaml")]);
  const outputs = [
    ...packages().map(({ directory }) => join(directory, "dist", "index.js")),
    ...programs().map((directory) => join(directory, "dist", "main.js")),
  ];
  if (isCurrent("build", value) && outputs.every((path) => existsSync(path))) return 0;
  console.log("Building ...");
  const code = run(["node", "scripts/build.mjs"]);
  if (code === 0) writeStamp("build", value);
  return code;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = install() || build();
