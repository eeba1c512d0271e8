// Builds everything that runs from dist: esbuild writes the JavaScript, tsc the declarations.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { run } from "./lib/run.mjs";
import { packages, programs } from "./lib/workspace.mjs";

const common = {
  bundle: true,
  // Every bare import stays an import: a package never carries a copy of a dependency. tsconfig.base.json must not be
  // read for that, since its `paths` turn @cotangent/* into sources, which would be bundled: two Tensor classes.
  packages: "external",
  tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
  format: "esm",
  target: "es2022",
  sourcemap: true,
  logLevel: "warning",
};

async function buildPackage({ directory, entries }) {
  rmSync(join(directory, "dist"), { recursive: true, force: true });
  const entryPoints = Object.fromEntries(
    entries.map((entry) => [join(entry, "index"), join(directory, "src", entry, "index.ts")]),
  );
  // Splitting keeps a module that two entry points share (an error class, say) one module with one identity.
  await build({
    ...common,
    entryPoints,
    outdir: join(directory, "dist"),
    splitting: true,
    platform: "neutral",
  });
}

async function buildProgram(directory) {
  rmSync(join(directory, "dist"), { recursive: true, force: true });
  const entryPoints = [join(directory, "src", "main.ts")];
  await build({ ...common, entryPoints, outdir: join(directory, "dist"), platform: "node" });
}

await Promise.all([...packages().map(buildPackage), ...programs().map(buildProgram)]);
process.exitCode = run(["tsc", "-b", ...packages().map(({ directory }) => directory)]);
