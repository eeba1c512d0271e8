import * as fc from "fast-check";
import { isTensor } from "@cotangent/core-tensor";

/** Code for a tree of tensors and numbers: `{ w: tensor([1, 2]), b: 0.5 }`. */
export function paste(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(paste).join(", ")}]`;
  if (!isTensor(value) && isPlainObject(value)) {
    const entries = Object.entries(value).map(([key, item]) => `${propertyName(key)}: ${paste(item)}`);
    return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
  }
  return fc.stringify(value);
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function propertyName(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
}
