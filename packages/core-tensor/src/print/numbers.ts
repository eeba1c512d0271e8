import { isFloat, type DType } from "../dtype/index.js";

/**
 * The texts of numbers that are shown together. Floats are written alike: all in positional or, as NumPy decides it,
 * all in scientific notation.
 */
export function formatNumbers(values: readonly number[], dtype: DType, precision: number): string[] {
  if (dtype === "bool") return values.map((value) => (value !== 0 ? "true" : "false"));
  if (!isFloat(dtype)) return values.map(String);
  if (!isWild(values)) return values.map((value) => formatFloat(value, precision));
  return scientific(values, precision);
}

/** A single float, with the fewest digits that give it to `precision` significant ones. */
export function formatFloat(value: number, precision: number): string {
  const text = value.toPrecision(precision);
  // The largest numbers can round to one that is too large.
  return nonFinite(value) ?? (Number.isFinite(Number(text)) ? String(Number(text)) : text);
}

function nonFinite(value: number): string | undefined {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  return undefined;
}

/**
 * NumPy's rule for scientific notation: the largest is 1e8 or more, the smallest below 1e-4, or their ratio above 1000;
 * zeros aside. Other than there, whole numbers below 1e8 stay as they are.
 */
function isWild(values: readonly number[]): boolean {
  const sizes = values.map(Math.abs).filter((size) => size > 0 && size < Infinity);
  const largest = sizes.reduce((a, b) => Math.max(a, b), 0);
  const smallest = sizes.reduce((a, b) => Math.min(a, b), Infinity);
  if (largest >= 1e8) return true;
  if (sizes.every(Number.isInteger)) return false;
  return smallest < 1e-4 || largest / smallest > 1000;
}

/** As many digits for each as the one that needs the most, and exponents of one length: 1.50e-03, 2.25e+10. */
function scientific(values: readonly number[], precision: number): string[] {
  // Of -1.250e-3: -1, 25, - and 3.
  const parts = values.map((value) => {
    const [exact, rounded] = [value.toExponential(), value.toExponential(precision - 1)];
    return /^(-?\d)\.?(\d*?)0*e(.)(\d+)$/.exec(exact.length < rounded.length ? exact : rounded);
  });
  const decimals = longest(parts.map((part) => part?.[2] ?? ""));
  const digits = Math.max(2, longest(parts.map((part) => part?.[4] ?? "")));
  return values.map((value, i) => {
    const part = parts[i];
    if (part == null) return nonFinite(value)!;
    const fraction = decimals === 0 ? "" : `.${part[2]!.padEnd(decimals, "0")}`;
    return `${part[1]!}${fraction}e${part[3]!}${part[4]!.padStart(digits, "0")}`;
  });
}

/** The same texts in one width, with their decimal points, or the ends of whole numbers, under each other. */
export function align(texts: readonly string[]): string[] {
  const fractions = texts.map((text) => /^-?\d+(.*)$/.exec(text)?.[1]);
  const behind = longest(fractions.map((fraction) => fraction ?? ""));
  const padded = texts.map((text, i) => {
    const fraction = fractions[i];
    return fraction === undefined ? text : text + " ".repeat(behind - fraction.length);
  });
  const width = longest(padded);
  return padded.map((text) => text.padStart(width));
}

function longest(texts: readonly string[]): number {
  return texts.reduce((length, text) => Math.max(length, text.length), 0);
}
