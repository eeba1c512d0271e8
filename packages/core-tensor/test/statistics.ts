/** Largest distance between the empirical distribution function and F, times sqrt(n): Kolmogorov's statistic. */
export function kolmogorov(samples: readonly number[], F: (x: number) => number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const n = sorted.length;
  const largest = sorted.reduce((d, x, i) => Math.max(d, F(x) - i / n, (i + 1) / n - F(x)), 0);
  return largest * Math.sqrt(n);
}

/** Kolmogorov's statistic exceeds this with probability 2 exp(-2 t^2) = 1e-4. */
export const kolmogorovLimit = Math.sqrt(Math.log(2e4) / 2);

/** Pearson's statistic of counts against expected counts, as a standard normal (Wilson, Hilferty). */
export function chiSquareScore(counts: readonly number[], expected: readonly number[]): number {
  const statistic = counts.reduce((sum, count, i) => sum + (count - expected[i]!) ** 2 / expected[i]!, 0);
  const freedom = counts.length - 1;
  const variance = 2 / (9 * freedom);
  return (Math.cbrt(statistic / freedom) - (1 - variance)) / Math.sqrt(variance);
}

/** A standard normal exceeds this in size with probability 1e-4. */
export const normalLimit = 3.89;

/** Sample correlation times sqrt(n): standard normal for independent samples. */
export function correlationScore(a: readonly number[], b: readonly number[]): number {
  const n = a.length;
  const mean = (x: readonly number[]) => x.reduce((s, v) => s + v, 0) / n;
  const [ma, mb] = [mean(a), mean(b)];
  const product = (x: readonly number[], mx: number, y: readonly number[], my: number) =>
    x.reduce((s, v, i) => s + (v - mx) * (y[i]! - my), 0);
  return (product(a, ma, b, mb) / Math.sqrt(product(a, ma, a, ma) * product(b, mb, b, mb))) * Math.sqrt(n);
}

/** Phi(x) by the series of its density (Marsaglia 2004): good to 1e-12 for |x| < 6. */
export function normalCdf(x: number): number {
  let [term, sum] = [x, x];
  for (let k = 3; Math.abs(term) > 1e-17; k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return 0.5 + sum * Math.exp(-0.5 * x * x - 0.5 * Math.log(2 * Math.PI));
}
