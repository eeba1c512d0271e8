// The last step of .ci/run: one line of totals, where each Jest test counts as one and each further check as one. What
// was skipped counts as neither passed nor failed; a line before the totals says what that was.
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

const checksOf = (run) => recall(run) ?? [{ name: run, ok: false }];

function count(run) {
  return checksOf(run).map(({ name, ok, skipped }) => {
    if (skipped) return [0, 0];
    if (name !== runs[run]) return ok ? [1, 0] : [0, 1];
    const [passed, failed] = jestCounts(name);
    return ok ? [passed, failed] : [passed, Math.max(failed, 1)];
  });
}

function skippedIn(names) {
  const checks = names.flatMap((run) =>
    checksOf(run)
      .filter(({ skipped }) => skipped)
      .map(({ name }) => name),
  );
  const tests = names.reduce((sum, run) => sum + (recall(runs[run])?.numPendingTests ?? 0), 0);
  return tests === 0 ? checks : [...checks, `${tests} Jest tests`];
}

if (process.argv[2] === "forget") {
  forget(...Object.keys(runs), ...Object.values(runs));
} else {
  const skipped = skippedIn(Object.keys(runs));
  if (skipped.length > 0) console.log(`skipped: ${skipped.join(", ")}`);
  const counts = Object.keys(runs).flatMap(count);
  const [passed, failed] = [0, 1].map((i) => counts.reduce((sum, pair) => sum + pair[i], 0));
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
