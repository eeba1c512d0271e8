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

/** Module by module: bundlers then leave out every module that is not used (docs/decisions/0031). */
async function buildPackage({ directory }) {
  rmSync(join(directory, "dist"), { recursive: true, force: true });
  const source = join(directory, "src");
  const entryPoints = readdirSync(source, { recursive: true })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(source, name));
  await build({ ...common, entryPoints, outbase: source, outdir: join(directory, "dist") });
}

async function buildProgram(directory) {
  rmSync(join(directory, "dist"), { recursive: true, force: true });
  const entryPoints = [join(directory, "src", "main.ts")];
  const options = { bundle: true, packages: "external", platform: "node" };
  await build({ ...common, ...options, entryPoints, outdir: join(directory, "dist") });
}

await Promise.all([...packages().map(buildPackage), ...programs().map(buildProgram)]);
process.exitCode = run(["tsc", "-b", ...packages().map(({ directory }) => directory)]);
