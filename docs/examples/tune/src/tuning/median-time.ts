/** A result, and how long it takes. */
export interface Timed<T> {
  readonly value: T;
  /** The median. */
  readonly milliseconds: number;
  readonly runs: number;
}

const mostRuns = 5;

/** Slow bodies are run less often: no new run starts after this. */
const patience = 2000;

/** Runs a body once to warm up and then up to five times, and takes the median of the times. */
export function medianTime<T>(body: () => T): Timed<T> {
  let value = body();
  const times: number[] = [];
  const begun = performance.now();
  do {
    const start = performance.now();
    value = body();
    times.push(performance.now() - start);
  } while (times.length < mostRuns && performance.now() - begun < patience);
  times.sort((a, b) => a - b);
  const middle = times.length >> 1;
  const median = times.length % 2 === 1 ? times[middle]! : (times[middle - 1]! + times[middle]!) / 2;
  return { value, milliseconds: median, runs: times.length };
}
