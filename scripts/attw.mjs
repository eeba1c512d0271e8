// "Are the types wrong?" over the packed packages. The profile leaves out CommonJS without require(esm): the
// packages are ES modules only (docs/decisions/0004).
import { packed } from "./lib/archives.mjs";
import { run } from "./lib/run.mjs";

for (const archive of packed()) {
  const code = run(["attw", archive, "--profile", "esm-only", "--format", "table-flipped", "--no-summary"]);
  if (code !== 0) process.exitCode = code;
}
