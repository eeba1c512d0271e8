// `npm start -- <arguments>`: sets up what is missing, then runs the main job with those arguments.
import { join } from "node:path";
import { root, run } from "./lib/run.mjs";
import { build, install } from "./setup.mjs";

const program = join(root, "docs", "examples", "tune", "dist", "main.js");

function start() {
  const failed = install() || build();
  if (failed) return failed;
  // npm moves to the root; file names in the arguments are relative to where the user is.
  return run(["node", program, ...process.argv.slice(2)], { cwd: process.env.INIT_CWD ?? process.cwd() });
}

process.exitCode = start();
