import { allocate, type TypedArray } from "../dtype/index.js";
import { execute } from "../host/execute.js";
import { stridedRead } from "../host/strided.js";
import type { Kernel } from "../kernels/kernel.js";
import { accessConstant, type Access } from "../kernels/map.js";
import { sameShape, sizeOf, type Shape } from "../shape/index.js";
import { broadcastStrides } from "../shape/strides.js";
import type { Abstract, HostTensor } from "./primitive.js";

/** The kernel for given ways to read the operands. */
export type KernelFor = (accesses: readonly Access[]) => Kernel;

/** Runs the kernel for the way in which each operand is read. */
export function runMap(kernelFor: KernelFor, inputs: readonly HostTensor[], out: Abstract): TypedArray {
  const constants: Record<string, number> = {};
  const arrays: TypedArray[] = [];
  const accesses: Access[] = [];
  for (let i = 0; i < inputs.length; i++) {
    const input = inputs[i]!;
    const { access, constant } = accessOf(input.shape, out.shape);
    arrays.push(access === undefined ? broadcastCopy(input, out.shape) : input.content);
    accesses.push(access ?? "full");
    const key = access === undefined ? undefined : accessConstant(i, access);
    if (key !== undefined) constants[key] = constant;
  }
  const result = allocate(out.dtype, sizeOf(out.shape));
  execute(kernelFor(accesses), arrays, constants, result);
  return result;
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

function broadcastCopy(input: HostTensor, shape: Shape): TypedArray {
  const out = allocate(input.dtype, sizeOf(shape));
  stridedRead(input.content, 0, shape, broadcastStrides(input.shape, shape), out);
  return out;
}
