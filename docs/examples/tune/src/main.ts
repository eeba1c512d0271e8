import { run } from "./cli/run.js";

process.exitCode = run(process.argv.slice(2), { out: process.stdout, err: process.stderr });
