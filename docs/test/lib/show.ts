import { isTensor } from "@cotangent/core-tensor";

/** A value as examples write it: tensors as they print, on one line; the rest much like JSON. */
export function show(value: unknown): string {
  if (isTensor(value)) return String(value).replaceAll("\n", "\\n");
  if (typeof value === "number") return showNumber(value);
  if (typeof value === "string") return JSON.stringify(value);
  if (ArrayBuffer.isView(value)) return show(Array.from(value as Float64Array));
  if (Array.isArray(value)) return `[${value.map(show).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value).map(([key, field]) => `${key}: ${show(field)}`);
    return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
  }
  return typeof value === "function" ? "[function]" : String(value);
}

/** Like the elements of a tensor: 8 significant digits. */
function showNumber(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(8))) : String(value);
}
