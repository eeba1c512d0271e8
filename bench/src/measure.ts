import { Bench } from "tinybench";

/** Two ways to compute the same thing. */
export interface Row {
  readonly name: string;
  readonly ours: () => unknown;
  readonly peer: () => unknown;
  /** What the peer is. */
  readonly against: string;
}

/** Medians in microseconds, and the spread (half of the interquartile range, relative to the median). */
export interface Measurement {
  readonly name: string;
  readonly against: string;
  readonly ours: number;
  readonly peer: number;
  readonly spread: number;
}

/** Rounds in which the two candidates of a row alternate. */
const ROUNDS = 5;

/** Times every row: the candidates in turn, several rounds, and the median over the rounds' medians. */
export async function measure(rows: readonly Row[]): Promise<Measurement[]> {
  const results: Measurement[] = [];
  for (const row of rows) {
    const ours: number[] = [];
    const peer: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      ours.push(await median(row.ours));
      peer.push(await median(row.peer));
    }
    results.push({
      name: row.name,
      against: row.against,
      ours: quantile(ours, 0.5),
      peer: quantile(peer, 0.5),
      spread: (quantile(ours, 0.75) - quantile(ours, 0.25)) / 2 / quantile(ours, 0.5),
    });
  }
  return results;
}

async function median(body: () => unknown): Promise<number> {
  const bench = new Bench({ time: 60, warmupTime: 20, throws: true });
  bench.add("candidate", () => {
    body();
  });
  await bench.run();
  const { result } = bench.tasks[0]!;
  if (!("latency" in result)) throw new Error(`no measurement: ${result.state}`);
  return result.latency.p50 * 1e3;
}

function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.round(q * (sorted.length - 1))]!;
}
