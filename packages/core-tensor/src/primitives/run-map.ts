import { allocate, type TypedArray } from "../dtype/index.js";
import { execute } from "../host/execute.js";
import { stridedRead } from "../host/strided.js";
import type { Kernel, KernelConstants } from "../kernels/kernel.js";
import { accessConstant, type Access } from "../kernels/map.js";
import { sameShape, sizeOf, type Shape } from "../shape/index.js";
import { broadcastStrides } from "../shape/strides.js";
import type { Abstract } from "./primitive.js";
import type { ArrayMap } from "./long-arrays.js";

/** The kernel for given ways to read the operands. */
export type KernelFor = (accesses: readonly Access[]) => Kernel;

/** An operand that no kernel reads in place is broadcast first. */
type Broadcast = (x: TypedArray) => TypedArray;

/** A kernel of an expression, and what it needs to read the operands. */
export interface MapReading {
  readonly kernel: Kernel;
  readonly constants: KernelConstants;
  /** The same in vectors, where each operand has an element for each of the result, or a single one. */
  readonly longArrays: ArrayMap | undefined;
  readonly broadcasts: readonly (Broadcast | undefined)[] | undefined;
}

/** The kernel for the way in which each operand is read. */
export function mapReading(
  kernelFor: KernelFor,
  longArrays: ArrayMap,
  inputs: readonly Abstract[],
  out: Abstract,
): MapReading {
  const constants: Record<string, number> = {};
  const accesses: Access[] = [];
  let broadcasts: (Broadcast | undefined)[] | undefined;
  for (let i = 0; i < inputs.length; i++) {
    const { access, constant } = accessOf(inputs[i]!.shape, out.shape);
    if (access === undefined) (broadcasts ??= [])[i] = broadcaster(inputs[i]!, out.shape);
    accesses.push(access ?? "full");
    const key = access === undefined ? undefined : accessConstant(i, access);
    if (key !== undefined) constants[key] = constant;
  }
  const isPlain = accesses.some((access) => access === "row" || access === "column");
  return { kernel: kernelFor(accesses), constants, longArrays: isPlain ? undefined : longArrays, broadcasts };
}

/** The expression of every element. */
export function runMap(
  { kernel, constants, longArrays, broadcasts }: MapReading,
  arrays: readonly TypedArray[],
  out: TypedArray,
): void {
  const operands = broadcasts === undefined ? arrays : arrays.map((x, i) => broadcasts[i]?.(x) ?? x);
  if (longArrays?.(operands, out) !== true) execute(kernel, operands, constants, out);
}

const full = { access: "full", constant: 0 } as const;
const scalar = { access: "scalar", constant: 0 } as const;

/** How an operand is read, or undefined when only a broadcast copy will do. */
function accessOf(shape: Shape, out: Shape): { access: Access | undefined; constant: number } {
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

function broadcaster({ shape, dtype }: Abstract, target: Shape): Broadcast {
  const copy = allocate(dtype, sizeOf(target));
  const strides = broadcastStrides(shape, target);
  return (x) => {
    stridedRead(x, 0, target, strides, copy);
    return copy;
  };
}
