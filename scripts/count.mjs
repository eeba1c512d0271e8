// The last step of .ci/run: one line of totals, where each Jest test counts as one and each further check as one.
//   node scripts/count.mjs forget    before the checks, so that an old result is never counted
//   node scripts/count.mjs           after them
import { forget, recall } from "./lib/results.mjs";

const runs = { check: "jest", "check-deep": "jest-deep" };

/** A test file that does not even load counts as one failure; Jest crashing altogether as well. */
function jestCounts(name) {
  const report = recall(name);
  if (report === undefined) return [0, 1];
  return [report.numPassedTests, report.numFailedTests + report.numRuntimeErrorTestSuites];
}

function count(run) {
  const checks = recall(run) ?? [{ name: run, ok: false }];
  return checks.map(({ name, ok }) => {
    if (name !== runs[run]) return ok ? [1, 0] : [0, 1];
    const [passed, failed] = jestCounts(name);
    return ok ? [passed, failed] : [passed, Math.max(failed, 1)];
  });
}

if (process.argv[2] === "forget") {
  forget(...Object.keys(runs), ...Object.values(runs));
} else {
  const counts = Object.keys(runs).flatMap(count);
  const [passed, failed] = [0, 1].map((i) => counts.reduce((sum, pair) => sum + pair[i], 0));
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
