import type { Progress } from "../src/tuning/progress.js";

/** Progress that nobody watches. */
export const silent: Progress = { phase: () => undefined, advance: () => undefined, finish: () => undefined };
