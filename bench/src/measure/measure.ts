import { median, quantile } from "simple-statistics";
import type { Reach, Row } from "./row.js";

/** What one candidate took: medians over the rounds of its median call, and half of their interquartile range. */
interface Figure {
  readonly candidate: string;
  readonly seconds: number;
  readonly figure: number;
  /** Relative to the median. */
  readonly spread: number;
}

/** A row with its figures, as it is written to the report. */
export interface Measurement {
  readonly group: string;
  readonly name: string;
  readonly unit: string;
  readonly rising: boolean;
  readonly figures: readonly Figure[];
  readonly reach?: Reach;
  /** Undefined where nothing must be reached, or the candidate to compare with was not there. */
  readonly reached?: boolean;
}

/** Measures the candidates in turn, round by round: drifts of the machine meet all of them. */
export async function measure(group: string, row: Row): Promise<Measurement> {
  const { quantity, rounds = 7, budget = 0.1, warmUp = 0, reach } = row;
  const candidates = row.candidates();
  if (warmUp > 0) for (const candidate of candidates) await candidate.sample(warmUp);
  const samples = candidates.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, candidate] of candidates.entries()) samples[i]!.push(await candidate.sample(budget));
  }
  const figures = candidates.map(({ name }, i): Figure => {
    const seconds = median(samples[i]!);
    const [low, high] = [0.25, 0.75].map((q) => quantile(samples[i]!, q)) as [number, number];
    return {
      candidate: name,
      seconds,
      figure: quantity.of(seconds),
      spread: (high - low) / 2 / seconds,
    };
  });
  const reached = reach && isReached(reach, figures, quantity.rising);
  const { unit, rising } = quantity;
  return {
    group,
    name: row.name,
    unit,
    rising,
    figures,
    ...(reach && { reach }),
    ...(reached !== undefined && { reached }),
  };
}

function isReached(reach: Reach, figures: readonly Figure[], rising: boolean): boolean | undefined {
  const bound =
    "of" in reach ? figures.find(({ candidate }) => candidate === reach.of)?.figure : reach.figure;
  if (bound === undefined) return undefined;
  const wanted = "of" in reach ? reach.times * bound : bound;
  const ours = figures[0]!.figure;
  return rising ? ours >= wanted : ours <= wanted;
}
