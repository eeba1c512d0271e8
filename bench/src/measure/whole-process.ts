import { spawnSync } from "node:child_process";
import type { Candidate } from "./candidate.js";

/** A program of its own, from its start to its end. */
export function wholeProcess(
  name: string,
  command: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Candidate {
  return {
    name,
    sample: () => {
      const start = performance.now();
      const { status, error, stderr } = spawnSync(command, args, {
        env: { ...process.env, ...environment },
        encoding: "utf8",
      });
      const seconds = (performance.now() - start) / 1e3;
      if (error !== undefined) throw error;
      if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed:\n${stderr}`);
      return Promise.resolve(seconds);
    },
  };
}
