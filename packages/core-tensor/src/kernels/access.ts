import { sameShape, sizeOf, type Shape } from "../shape/index.js";
import type { Kernel } from "./kernel.js";
import type { Access } from "./map.js";

/** The kernel for given ways to read the operands. */
export type KernelFor = (accesses: readonly Access[]) => Kernel;

const full = { access: "full", constant: 0 } as const;
const scalar = { access: "scalar", constant: 0 } as const;

/** How an operand is read, or undefined when only a broadcast copy will do. */
export function accessOf(shape: Shape, out: Shape): { access: Access | undefined; constant: number } {
  if (sameShape(shape, out)) return full;
  const size = sizeOf(shape);
  const outSize = sizeOf(out);
  if (size === 1) return scalar;
  const offset = out.length - shape.length;
  const first = shape.findIndex((length) => length !== 1);
  if (shape.slice(first).every((length, i) => length === out[offset + first + i])) {
    return size === outSize ? full : { access: "row", constant: size };
  }
  let last = shape.length - 1;
  while (shape[last] === 1) last--;
  const isPrefix = out.slice(0, offset).every((length) => length === 1);
  if (isPrefix && shape.slice(0, last + 1).every((length, i) => length === out[offset + i])) {
    return { access: "column", constant: outSize / size };
  }
  return { access: undefined, constant: 0 };
}
