import { linearRegression, median } from "simple-statistics";
import { inProcess } from "./in-process.js";

/** How the time of something grows with one size, the others held. */
export interface Growth {
  readonly name: string;
  /** What grows. */
  readonly axis: string;
  readonly sizes: readonly number[];
  readonly make: (size: number) => () => unknown;
  /** The power of the size by which the algorithm's work grows. */
  readonly atMost: number;
}

/** The points of a growth, and the slope of log time against log size. */
export interface GrowthMeasurement {
  readonly name: string;
  readonly axis: string;
  readonly points: readonly { readonly size: number; readonly seconds: number }[];
  readonly slope: number;
  readonly atMost: number;
}

const ROUNDS = 5;
/** A slope that is measured may lie this much above the algorithm's: caches and noise. */
const MARGIN = 0.15;

export async function measureGrowth({ name, axis, sizes, make, atMost }: Growth): Promise<GrowthMeasurement> {
  const candidates = sizes.map((size) => inProcess(`${name}: ${String(size)}`, make(size)));
  const samples = sizes.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, candidate] of candidates.entries()) samples[i]!.push(await candidate.sample(0.1));
  }
  const points = sizes.map((size, i) => ({ size, seconds: median(samples[i]!) }));
  const { m: slope } = linearRegression(
    points.map(({ size, seconds }): [number, number] => [Math.log(size), Math.log(seconds)]),
  );
  return { name, axis, points, slope, atMost };
}

export const withinGrowth = ({ slope, atMost }: GrowthMeasurement): boolean => slope <= atMost + MARGIN;
