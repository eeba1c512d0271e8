/** Four significant digits, in powers of ten only where needed. */
export function formatNumber(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  return size < 1e-3 || size >= 1e5 ? formatPower(value, 1) : value.toPrecision(4);
}

/** 1.2e-7 */
export function formatPower(value: number, digits = 1): string {
  return value.toExponential(digits).replace("e+", "e");
}

/** 97.4 % */
export function formatPercent(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}

/** Milliseconds up to a second, then seconds. */
export function formatTime(milliseconds: number): string {
  if (milliseconds >= 1000) return `${(milliseconds / 1000).toFixed(2)} s`;
  return `${milliseconds.toFixed(milliseconds < 10 ? 2 : milliseconds < 100 ? 1 : 0)} ms`;
}

/** How many decimal digits two numbers share: 0 to 16, all that a float64 has. */
export function formatDigits(digits: number): string {
  return `${Math.min(16, Math.max(0, digits)).toFixed(1)} digits`;
}

/** 1 step, 2 steps */
export function plural(count: number, singular: string, several = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : several}`;
}
