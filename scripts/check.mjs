// `npm test`: sets up what is missing, runs every check (also after a failure) and prints a summary.
import { jestCommand } from "./lib/jest.mjs";
import { record, SKIPPED } from "./lib/results.mjs";
import { run } from "./lib/run.mjs";
import { build, install } from "./setup.mjs";

const checks = [
  ["build", build],
  ["types", ["tsc", "-b"]],
  ["lint", ["eslint", "."]],
  ["format", ["prettier", "--check", "."]],
  ["layering", ["depcruise", "packages", "docs", "bench"]],
  ["unused code", ["knip", "--no-config-hints"]],
  ["reference", ["typedoc", "--options", "docs/typedoc.jsonc", "--emit", "none"]],
  ["jest", jestCommand("jest")],
  ["size", ["node", "scripts/size.mjs"]],
  ["browser", ["node", "scripts/browser.mjs"]],
  ["pack", ["node", "scripts/pack.mjs"]],
  ["publint", ["node", "scripts/publint.mjs"]],
  ["attw", ["node", "scripts/attw.mjs"]],
  ["smoke", ["node", "scripts/smoke.mjs"]],
];

/** `ok` is false for a failure only; a check that was skipped is neither passed nor failed. */
function check([name, job]) {
  console.log(`\n=== ${name} ===`);
  const started = performance.now();
  const code = typeof job === "function" ? job() : run(job);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const result = { name, ok: code === 0 || code === SKIPPED, skipped: code === SKIPPED, seconds };
  console.log(`--- ${name}: ${outcome(result)} in ${seconds} s`);
  return result;
}

function outcome({ ok, skipped }) {
  if (skipped) return "skipped";
  return ok ? "passed" : "FAILED";
}

if (install() !== 0) {
  record("check", [{ name: "install", ok: false }]);
  process.exit(1);
}
const results = checks.map(check);
record("check", results);

console.log("\n=== summary ===");
for (const result of results) {
  console.log(`${outcome(result).padEnd(7)}  ${result.name.padEnd(12)} ${result.seconds.padStart(6)} s`);
}
process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
