import { isTypedArray } from "../dtype/index.js";
import { isTensor } from "../tensor/like.js";
import { tensor } from "../tensor/create.js";
import { formatTensor } from "./format-tensor.js";
import { formatFloat } from "./numbers.js";
import { withDefaults, type FormatOptions } from "./options.js";

/**
 * The text of a tensor, or of anything that contains tensors, such as a tree of parameters or the report of a solve.
 *
 * A tensor is written as NumPy writes an array, with commas: nested brackets that can be pasted into code, columns
 * aligned at the decimal points, one notation for all of its floats (scientific if the largest is 1e8 or more, the
 * smallest below 1e-4, or their ratio above 1000), the middle left out when it is long, and its shape where the brackets
 * do not tell it. A value under a transformation is written as the number it has there, and a batch of `vmap` as all of
 * its examples. Objects are written with the names of their fields, on one line if that is short.
 *
 * @throws ValueError for a precision or a width that is none
 * @example
 * ```ts
 * format(tensor([[1, 2.5], [10.25, -3]])); // => "[[ 1   ,  2.5 ],\n [10.25, -3   ]]"
 * format(tensor([1e-5, 1, 250])); // => "[1.0e-05, 1.0e+00, 2.5e+02]"
 * format(tensor([2]).div(3), { precision: 3 }); // => "[0.667]"
 * format(arange(2000), { edgeItems: 2 }); // => "[0, 1, ..., 1998, 1999] of shape [2000]"
 * format({ w: tensor([1, 2]), b: 3 }); // => "{ w: [1, 2], b: 3 }"
 * ```
 */
export function format(x: unknown, options: FormatOptions = {}): string {
  return formatValue(x, withDefaults(options), []);
}

/** @param above - the objects that contain x: one that contains itself must not be followed for ever */
function formatValue(x: unknown, options: Required<FormatOptions>, above: readonly unknown[]): string {
  if (isTensor(x)) return formatTensor(x, options);
  if (isTypedArray(x)) return formatTensor(tensor(x), options);
  if (typeof x === "number") return formatFloat(x, options.precision);
  if (typeof x === "string") return JSON.stringify(x);
  if (typeof x === "function") return `[function${x.name === "" ? "" : ` ${x.name}`}]`;
  if (typeof x !== "object" || x === null) return String(x);
  if (above.includes(x)) return "[circular]";
  const inner = (value: unknown) => formatValue(value, options, [...above, x]);
  if (Array.isArray(x)) return bracket("[", x.map(inner), "]", options);
  const own = ownText(x);
  if (own !== undefined) return own;
  const name = className(x);
  const fields = Object.entries(x).map(([key, value]) => labelled(key, inner(value)));
  return bracket(name === "" ? "{" : `${name} {`, fields, "}", options);
}

/** What it says itself of how it is written, as errors, dates and programs do. */
function ownText(x: object): string | undefined {
  const { toString } = x as { toString?: unknown };
  if (typeof toString !== "function" || toString === Object.prototype.toString) return undefined;
  return String(toString.call(x));
}

/** The class of an instance, nothing for an object literal. */
function className(x: object): string {
  const prototype = Object.getPrototypeOf(x) as { constructor?: { name?: string } } | null;
  return prototype === null || prototype === Object.prototype ? "" : (prototype.constructor?.name ?? "");
}

/** The lines of the value stay below each other. */
function labelled(key: string, text: string): string {
  const label = `${/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key) ? key : JSON.stringify(key)}: `;
  // The items of an object or an array have their indent already.
  return /^.*[[{]\n/.test(text)
    ? label + text
    : label + text.replaceAll("\n", `\n${" ".repeat(label.length)}`);
}

/** Items in brackets: on one line where they fit, else one on each. */
function bracket(
  open: string,
  items: readonly string[],
  close: string,
  { lineWidth }: Required<FormatOptions>,
): string {
  if (items.length === 0) return open + close;
  const space = close === "}" ? " " : "";
  const line = `${open}${space}${items.join(", ")}${space}${close}`;
  if (line.length <= lineWidth && !line.includes("\n")) return line;
  const indented = items.map((item) => `  ${item.replaceAll("\n", "\n  ")}`);
  return `${open}\n${indented.join(",\n")}\n${close}`;
}
