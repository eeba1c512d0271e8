import { allocate, type TypedArray } from "../dtype/index.js";
import { execute } from "../host/execute.js";
import { stridedRead } from "../host/strided.js";
import { accessOf, type KernelFor } from "../kernels/access.js";
import { accessConstant, type Access } from "../kernels/map.js";
import { sizeOf, type Shape } from "../shape/index.js";
import { broadcastStrides } from "../shape/strides.js";
import type { Abstract, HostTensor } from "./primitive.js";

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

function broadcastCopy(input: HostTensor, shape: Shape): TypedArray {
  const out = allocate(input.dtype, sizeOf(shape));
  stridedRead(input.content, 0, shape, broadcastStrides(input.shape, shape), out);
  return out;
}
