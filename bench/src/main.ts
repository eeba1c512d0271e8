import { runBenchmarks } from "./cli/run.js";
import { runOnce } from "./cli/once.js";

const [command, ...args] = process.argv.slice(2);
if (command === "once") runOnce(...(args as [string, ...string[]]));
else await runBenchmarks();
