import { ValueError } from "../errors/index.js";

/** How tensors are written: the fields of NumPy's print options. */
export interface FormatOptions {
  /**
   * Significant digits of floats. (NumPy counts those behind the point.)
   *
   * @defaultValue 8
   */
  readonly precision?: number;
  /**
   * With more elements than this, the middle of long axes is left out.
   *
   * @defaultValue 1000
   */
  readonly threshold?: number;
  /**
   * How many entries at each end of an axis stay when the middle is left out.
   *
   * @defaultValue 3
   */
  readonly edgeItems?: number;
  /**
   * Columns of a line; a longer row goes on in the next line.
   *
   * @defaultValue 75
   */
  readonly lineWidth?: number;
}

/** All options, with their defaults. */
export function withDefaults(options: FormatOptions): Required<FormatOptions> {
  const all = { precision: 8, threshold: 1000, edgeItems: 3, lineWidth: 75, ...options };
  check(all, "precision", 1, 100);
  check(all, "threshold", 0, Infinity);
  check(all, "edgeItems", 0, Infinity);
  check(all, "lineWidth", 1, Infinity);
  return all;
}

function check(all: Required<FormatOptions>, name: keyof FormatOptions, least: number, most: number): void {
  const value = all[name];
  if ((Number.isInteger(value) || value === Infinity) && value >= least && value <= most) return;
  throw new ValueError(
    `format: ${name} must be a whole number from ${String(least)} to ${String(most)}, got ${String(value)}`,
  );
}
