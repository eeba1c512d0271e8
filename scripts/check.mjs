// `npm test`: sets up what is missing, runs every check (also after a failure) and prints a summary.
import { jestCommand } from "./lib/jest.mjs";
import { record } from "./lib/results.mjs";
import { run } from "./lib/run.mjs";
import { build, install } from "./setup.mjs";

const checks = [
  ["build", build],
  ["types", ["tsc", "-b"]],
  ["lint", ["eslint", "."]],
  ["format", ["prettier", "--check", "."]],
  ["layering", ["depcruise", "packages", "docs", "bench"]],
  ["unused code", ["knip", "--no-config-hints"]],
  ["jest", jestCommand("jest")],
  ["pack", ["node", "scripts/pack.mjs"]],
  ["publint", ["node", "scripts/publint.mjs"]],
  ["attw", ["node", "scripts/attw.mjs"]],
  ["smoke", ["node", "scripts/smoke.mjs"]],
];

function check([name, job]) {
  console.log(`\n=== ${name} ===`);
  const started = performance.now();
  const ok = (typeof job === "function" ? job() : run(job)) === 0;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`--- ${name}: ${ok ? "passed" : "FAILED"} in ${seconds} s`);
  return { name, ok, seconds };
}

if (install() !== 0) {
  record("check", [{ name: "install", ok: false }]);
  process.exit(1);
}
const results = checks.map(check);
record("check", results);

console.log("\n=== summary ===");
for (const { name, ok, seconds } of results) {
  console.log(`${ok ? "passed" : "FAILED"}  ${name.padEnd(12)} ${seconds.padStart(6)} s`);
}
process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
