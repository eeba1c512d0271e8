import { runBenchmarks } from "./cli/run.js";
import { runOnce } from "./cli/once.js";

const [command, name] = process.argv.slice(2);
if (command === "once") runOnce(name);
else await runBenchmarks();
