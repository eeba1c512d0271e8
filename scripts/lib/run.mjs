import { spawnSync } from "node:child_process";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** pnpm through npx, pinned here only: a machine needs nothing but Node and npm (docs/decisions/0001). */
export const pnpm = ["npx", "--yes", "pnpm@12.21.0"];

/** Runs a command with the workspace's tools on PATH, in the foreground; returns its exit code. */
export function run([command, ...args], { cwd = root, env = {} } = {}) {
  const windows = process.platform === "win32";
  const path = join(root, "node_modules", ".bin") + delimiter + process.env.PATH;
  const result = spawnSync(command === "node" ? process.execPath : command, args, {
    cwd,
    stdio: "inherit",
    // npx and the tools are .cmd files on Windows, which need a shell.
    shell: windows && command !== "node",
    env: { ...process.env, PATH: path, ...env },
  });
  if (result.error) console.error(`${command}: ${result.error.message}`);
  return result.status ?? 1;
}
