/** A result, and how long it takes. */
export interface Timed<T> {
  readonly value: T;
  /** The median. */
  readonly milliseconds: number;
  readonly runs: number;
}

/** Slow bodies are run less often: no new run starts after this. */
const patience = 4000;

/**
 * Runs a body once to warm up and then up to `mostRuns` times, and takes the median of the times. Of a body slower than
 * the patience the first run has to do.
 */
export function medianTime<T>(body: () => T, mostRuns: number): Timed<T> {
  const begun = performance.now();
  let value = body();
  const times = performance.now() - begun > patience ? [performance.now() - begun] : [];
  while (times.length === 0 || (times.length < mostRuns && performance.now() - begun < patience)) {
    const start = performance.now();
    value = body();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const middle = times.length >> 1;
  const median = times.length % 2 === 1 ? times[middle]! : (times[middle - 1]! + times[middle]!) / 2;
  return { value, milliseconds: median, runs: times.length };
}
