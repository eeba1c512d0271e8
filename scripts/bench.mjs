// `npm run bench -- <arguments>`: sets up what is missing, also the peers that only benchmarks need, and measures.
import { join } from "node:path";
import { pnpm, root, run } from "./lib/run.mjs";
import { build, install } from "./setup.mjs";

function bench() {
  const failed = install() || build();
  if (failed) return failed;
  const peers = join(root, "bench", "peers", "javascript");
  // A peer that cannot be installed is skipped, and said to be.
  run([...pnpm, "install", "--frozen-lockfile", "--prefer-offline"], { cwd: peers });
  return run(["node", join(root, "bench", "dist", "main.js"), ...process.argv.slice(2)], {
    cwd: process.env.INIT_CWD ?? process.cwd(),
  });
}

process.exitCode = bench();
