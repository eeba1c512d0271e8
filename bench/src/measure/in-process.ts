import { Bench } from "tinybench";
import type { Candidate } from "./candidate.js";

/** A timer's own cost is about 50 ns: what is timed at once lasts at least this long, in seconds. */
const SHORTEST = 20e-6;

/** A function of this process. Fast ones are timed in runs of many calls. */
export function inProcess(name: string, body: () => unknown): Candidate {
  let calls = 0;
  return {
    name,
    async sample(budget) {
      if (calls === 0) calls = callsPerRun(body);
      const bench = new Bench({
        time: budget * 1e3,
        iterations: 1,
        warmupTime: budget * 250,
        warmupIterations: 1,
        throws: true,
      });
      bench.add(name, () => {
        for (let call = 0; call < calls; call++) body();
      });
      await bench.run();
      const { result } = bench.tasks[0]!;
      if (!("latency" in result)) throw new Error(`${name}: no measurement (${result.state})`);
      return result.latency.p50 / 1e3 / calls;
    },
  };
}

/** How many calls last as long as the timer needs. */
function callsPerRun(body: () => unknown): number {
  for (let calls = 1; ; calls *= 2) {
    const start = performance.now();
    for (let call = 0; call < calls; call++) body();
    if (performance.now() - start >= SHORTEST * 1e3) return calls;
  }
}
