import { availableParallelism, cpus } from "node:os";

/** The machine and the runtime, for the head of a report. */
export function machine(): string {
  const model = cpus()[0]?.model ?? "unknown processor";
  return `${model}, ${String(availableParallelism())} threads available (one is used), Node ${process.version}`;
}
