// Packs every package as it would be published. publint, attw and the smoke test look at these archives, so they
// judge what users get and not what lies in the working tree.
import { mkdirSync, rmSync } from "node:fs";
import { archives } from "./lib/archives.mjs";
import { pnpm, run } from "./lib/run.mjs";

rmSync(archives, { recursive: true, force: true });
mkdirSync(archives, { recursive: true });
// pnpm and not npm: it replaces workspace:^ by the version.
process.exitCode = run([...pnpm, "--filter", "./packages/*", "pack", "--pack-destination", archives]);
