import type { Progress } from "../src/cli/progress.js";

/** Progress that nobody watches. */
export const silent: Progress = { phase: () => undefined, advance: () => undefined, finish: () => undefined };
