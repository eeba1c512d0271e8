// `npm run check:deep`: the *.deep.test.ts files, which take too long for every run of `npm test`.
import { jestCommand } from "./lib/jest.mjs";
import { record } from "./lib/results.mjs";
import { run } from "./lib/run.mjs";
import { install } from "./setup.mjs";

const failed = install() || run(jestCommand("jest-deep"), { env: { COTANGENT_DEEP: "1" } });
record("check-deep", [{ name: "jest-deep", ok: failed === 0 }]);
process.exitCode = failed;
