// Builds everything that runs from dist: esbuild writes the JavaScript, tsc the declarations.
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { run } from "./lib/run.mjs";
import { packages, programs } from "./lib/workspace.mjs";

const common = {
  // tsconfig.base.json must not be read: its `paths` turn @cotangent/* into sources.
  tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
  format: "esm",
  target: "es2022",
  sourcemap: true,
  logLevel: "warning",
};

/** A package as bundlers read it and as Node does: the conditions of its `exports` say which (docs/decisions/0031). */
async function buildPackage({ name, directory, entries, exports }) {
  for (const entry of entries) checkExports(`${name}/${entry}`, entry, exports);
  rmSync(join(directory, "dist"), { recursive: true, force: true });
  const source = join(directory, "src");
  await Promise.all([buildModules(source, join(directory, "dist")), buildFiles(source, entries)]);
}

/** An entry without the condition `node` would bring the modules into a program that has the files: two Tensor classes. */
function checkExports(specifier, entry, exports) {
  const path = join(entry, "index").replaceAll("\\", "/");
  const [types, module, node] = [`./dist/${path}.d.ts`, `./dist/${path}.js`, `./dist/node/${path}.js`];
  const wanted = JSON.stringify({ types, module, node, default: module });
  const found = JSON.stringify(exports[entry === "" ? "." : `./${entry}`]);
  if (found !== wanted)
    throw new Error(`package.json: exports of ${specifier} must be ${wanted}, not ${found}`);
}

/** A file for each module: bundlers leave out every module that is not used. */
async function buildModules(source, outdir) {
  const entryPoints = readdirSync(source, { recursive: true })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(source, name));
  await build({ ...common, entryPoints, outbase: source, outdir });
}

/** A file for each entry point, and one for what several of them share: Node loads few files faster than many. */
async function buildFiles(source, entries) {
  const entryPoints = entries.map((entry) => join(source, entry, "index.ts"));
  const options = { bundle: true, splitting: true, packages: "external", platform: "node" };
  await build({
    ...common,
    ...options,
    entryPoints,
    outbase: source,
    outdir: join(source, "..", "dist", "node"),
  });
}

async function buildProgram(directory) {
  rmSync(join(directory, "dist"), { recursive: true, force: true });
  const entryPoints = [join(directory, "src", "main.ts")];
  const options = { bundle: true, packages: "external", platform: "node" };
  await build({ ...common, ...options, entryPoints, outdir: join(directory, "dist") });
}

await Promise.all([...packages().map(buildPackage), ...programs().map(buildProgram)]);
process.exitCode = run(["tsc", "-b", ...packages().map(({ directory }) => directory)]);
