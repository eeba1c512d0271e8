// How much an application loads: bundles what users import from the built packages, minified and gzipped, prints the
// sizes, and fails for one over its budget, for modules that a bundle must not have, and for an outdated README.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import presetSmallLib from "@size-limit/preset-small-lib";
import sizeLimit from "size-limit";
import { bundles, modules } from "./lib/bundles.mjs";
import { root } from "./lib/run.mjs";

/** A check of size-limit, which bundles with esbuild, as `imports` would be bundled by an application. */
function checkOf({ imports, budget }) {
  return {
    files: [],
    gzip: true,
    sizeLimit: budget * 1000,
    modifyEsbuildConfig: (config) => ({
      ...config,
      entryPoints: undefined,
      stdin: { contents: imports, resolveDir: join(root, "docs"), sourcefile: "imports.js" },
      // No tsconfig: its `paths` lead to the sources.
      tsconfigRaw: {},
      absWorkingDir: root,
      format: "esm",
      target: "es2022",
      external: ["gpu.js"],
    }),
  };
}

/** The modules that contribute code to a bundle. */
function contents({ esbuildMetafile }) {
  const [{ inputs }] = Object.values(esbuildMetafile.outputs);
  return Object.keys(inputs).filter((path) => inputs[path].bytesInOutput > 0);
}

const unwanted = ({ without = [] }, paths) =>
  paths.filter((path) => without.some((name) => modules[name].test(path)));

const readme = readFileSync(join(root, "packages/autodiff/README.md"), "utf8");

/** Complains where the README says something else than what was measured, give or take a tenth. */
function misstated({ name, stated }, kilobytes) {
  if (stated === undefined) return [];
  const [, number] = stated.exec(readme) ?? [];
  const right = Math.abs(Number(number) - kilobytes) <= 0.1 * kilobytes;
  return right ? [] : [`${name}: packages/autodiff/README.md says ${number ?? "nothing"}`];
}

const checks = bundles.map(checkOf);
await sizeLimit([presetSmallLib], { checks });

const complaints = [];
console.log("   kB  budget");
bundles.forEach((bundle, i) => {
  const { size } = checks[i];
  const kilobytes = size / 1000;
  console.log(`${kilobytes.toFixed(1).padStart(5)}  ${String(bundle.budget).padStart(6)}  ${bundle.name}`);
  if (kilobytes > bundle.budget) complaints.push(`${bundle.name}: over budget`);
  for (const path of unwanted(bundle, contents(checks[i]))) complaints.push(`${bundle.name}: holds ${path}`);
  complaints.push(...misstated(bundle, kilobytes));
});

// A pattern that fits nothing would find nothing.
const everything = checks.flatMap(contents);
for (const [name, pattern] of Object.entries(modules)) {
  if (!everything.some((path) => pattern.test(path))) complaints.push(`no module is one of ${name} any more`);
}

for (const complaint of complaints) console.error(complaint);
process.exitCode = complaints.length === 0 ? 0 : 1;
