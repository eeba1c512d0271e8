import { allocate, type TypedArray } from "../dtype/index.js";
import { execute } from "../host/execute.js";
import { stridedRead } from "../host/strided.js";
import { accessOf, type KernelFor } from "../kernels/access.js";
import type { Kernel, KernelConstants } from "../kernels/kernel.js";
import { accessConstant, type Access } from "../kernels/map.js";
import { sizeOf, type Shape } from "../shape/index.js";
import { broadcastStrides } from "../shape/strides.js";
import type { Abstract } from "./primitive.js";

/** An operand that no kernel reads in place is broadcast first. */
type Broadcast = (x: TypedArray) => TypedArray;

/** A kernel of an expression, and what it needs to read the operands. */
export interface MapReading {
  readonly kernel: Kernel;
  readonly constants: KernelConstants;
  readonly broadcasts: readonly (Broadcast | undefined)[] | undefined;
}

/** The kernel for the way in which each operand is read. */
export function mapReading(kernelFor: KernelFor, inputs: readonly Abstract[], out: Abstract): MapReading {
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
  return { kernel: kernelFor(accesses), constants, broadcasts };
}

/** The expression of every element. */
export function runMap(
  { kernel, constants, broadcasts }: MapReading,
  arrays: readonly TypedArray[],
  out: TypedArray,
): void {
  const operands = broadcasts === undefined ? arrays : arrays.map((x, i) => broadcasts[i]?.(x) ?? x);
  execute(kernel, operands, constants, out);
}

function broadcaster({ shape, dtype }: Abstract, target: Shape): Broadcast {
  const copy = allocate(dtype, sizeOf(target));
  const strides = broadcastStrides(shape, target);
  return (x) => {
    stridedRead(x, 0, target, strides, copy);
    return copy;
  };
}
