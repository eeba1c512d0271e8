// `npm run format`: needs the tools, not a build, so it also works while the sources do not compile.
import { run } from "./lib/run.mjs";
import { install } from "./setup.mjs";

process.exitCode = install() || run(["prettier", "--write", "--log-level", "warn", "."]);
