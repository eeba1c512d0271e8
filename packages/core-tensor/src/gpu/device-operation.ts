import { accessOf, type KernelFor } from "../kernels/access.js";
import { layoutOf, matmulKernel } from "../kernels/contract.js";
import { fusedKernel } from "../kernels/fused.js";
import { placeKernel, stridedKernel, takeKernel } from "../kernels/gather.js";
import type { KernelConstants } from "../kernels/kernel.js";
import { accessConstant, mapKernel, type Access } from "../kernels/map.js";
import { maxKernel, minKernel, reduceConstants, sumKernel } from "../kernels/reduce.js";
import type { ElementwisePrimitive, Expression } from "../fuse/expression.js";
import type { PrimitiveParams } from "../primitives/params.js";
import type { Abstract, Primitive } from "../primitives/primitive.js";
import { sizeOf, stridesOf, type Shape } from "../shape/index.js";
import { broadcastStrides } from "../shape/strides.js";
import type { Device, DeviceInput } from "./device.js";

/** The numbers of an operation's result from those of its operands, by one kernel or a few. */
export type DeviceOperation = (run: Device["run"], operands: readonly DeviceInput[]) => Promise<DeviceInput>;

/** How a primitive is computed on a device; undefined where it is not. */
export function deviceOperation(
  primitive: Primitive,
  inputs: readonly Abstract[],
  given: object,
  out: Abstract,
): DeviceOperation | undefined {
  // A primitive is typed by its own parameters; the pairing by name is what its equations guarantee.
  const params = given as never;
  const [a, b] = inputs;
  switch (primitive.name) {
    case "reshape":
    case "stopGradient":
      return (_, [x]) => Promise.resolve(x!);
    case "cast":
      return cast(a!, out);
    case "transpose": {
      const { axes }: PrimitiveParams["transpose"] = params;
      const strides = stridesOf(a!.shape);
      return strided(
        0,
        axes.map((axis) => strides[axis]!),
        out.shape,
      );
    }
    case "broadcastTo":
      return strided(0, broadcastStrides(a!.shape, out.shape), out.shape);
    case "slice": {
      const { starts, steps }: PrimitiveParams["slice"] = params;
      const strides = stridesOf(a!.shape);
      const offset = starts.reduce((total, start, axis) => total + start * strides[axis]!, 0);
      return strided(
        offset,
        steps.map((step, axis) => step * strides[axis]!),
        out.shape,
      );
    }
    case "place": {
      const { starts, steps }: PrimitiveParams["place"] = params;
      return place(a!.shape, starts, steps, out.shape);
    }
    case "concatenate":
      return concatenate(inputs, (params as PrimitiveParams["concatenate"]).axis, out.shape);
    case "take": {
      const { axis }: PrimitiveParams["take"] = params;
      const inner = sizeOf(a!.shape.slice(axis + 1));
      const constants = { length: a!.shape[axis]!, count: sizeOf(b!.shape), inner };
      return (run, operands) => run(takeKernel, operands, constants, sizeOf(out.shape));
    }
    case "matmul": {
      const layout: KernelConstants = { ...layoutOf(a!.shape, b!.shape, params) };
      return (run, operands) => run(matmulKernel, operands, layout, sizeOf(out.shape));
    }
    case "sum":
    case "max":
    case "min":
      return reduction(primitive.name, a!.shape, (params as PrimitiveParams["sum"]).axes);
    case "fused": {
      const { expression }: { readonly expression: Expression } = params;
      return fusedOperation(expression, inputs, out);
    }
    default: {
      // Devices compute in float32, where integers wrap nowhere and are whole up to 2^24 only.
      if (!isElementwise(primitive) || out.dtype === "int32") return undefined;
      const { name, expression, before } = primitive;
      return map((accesses) => mapKernel(name, expression, accesses, before), inputs, out);
    }
  }
}

/** Several elementwise operations in one kernel. */
export function fusedOperation(
  expression: Pick<Expression, "inputs" | "steps">,
  inputs: readonly Abstract[],
  out: Abstract,
): DeviceOperation {
  return map((accesses) => fusedKernel(expression, accesses), inputs, out);
}

/** Is this an operation that is an expression, which may be fused with others? */
export function isElementwise(primitive: Primitive): primitive is ElementwisePrimitive {
  return "expression" in primitive;
}

function map(kernelFor: KernelFor, inputs: readonly Abstract[], out: Abstract): DeviceOperation {
  const constants: Record<string, number> = {};
  const accesses: Access[] = [];
  const copies = inputs.map((input, i) => {
    const { access, constant } = accessOf(input.shape, out.shape);
    accesses.push(access ?? "full");
    const key = access === undefined ? undefined : accessConstant(i, access);
    if (key !== undefined) constants[key] = constant;
    return access === undefined ? strided(0, broadcastStrides(input.shape, out.shape), out.shape) : undefined;
  });
  const kernel = kernelFor(accesses);
  return async (run, operands) => {
    const read = await Promise.all(operands.map(async (x, i) => (await copies[i]?.(run, [x])) ?? x));
    return run(kernel, read, constants, sizeOf(out.shape));
  };
}

function cast(from: Abstract, { dtype, shape }: Abstract): DeviceOperation {
  if (dtype !== "int32" && dtype !== "bool") return (_, [x]) => Promise.resolve(x!);
  const toInteger = from.dtype === "bool" ? "a" : "a < 0 ? Math.ceil(a) : Math.floor(a)";
  const kernel = mapKernel("cast", dtype === "bool" ? "a == 0 ? 0 : 1" : toInteger, ["full"]);
  return (run, operands) => run(kernel, operands, {}, sizeOf(shape));
}

function strided(offset: number, strides: readonly number[], shape: Shape): DeviceOperation {
  const constants = { rank: shape.length, offset };
  const tables = [reversed(shape), reversed(strides)];
  return (run, [x]) => run(stridedKernel, [x!, ...tables], constants, sizeOf(shape));
}

function place(
  from: Shape,
  starts: readonly number[],
  steps: readonly number[],
  shape: Shape,
): DeviceOperation {
  const tables = [shape, from, starts, steps, stridesOf(from)].map(reversed);
  return (run, [x]) => run(placeKernel, [x!, ...tables], { rank: shape.length }, sizeOf(shape));
}

/** The sum of all parts, each placed among zeros. */
function concatenate(inputs: readonly Abstract[], axis: number, shape: Shape): DeviceOperation {
  let end = 0;
  const placed = inputs.map((input) => {
    const starts = shape.map((_, k) => (k === axis ? end : 0));
    end += input.shape[axis]!;
    const steps = shape.map(() => 1);
    return place(input.shape, starts, steps, shape);
  });
  const add = mapKernel("add", "a + b", ["full", "full"]);
  return async (run, operands) => {
    const [first, ...rest] = await Promise.all(placed.map((one, i) => one(run, [operands[i]!])));
    let total = first!;
    for (const part of rest) total = await run(add, [total, part], {}, sizeOf(shape));
    return total;
  };
}

const reductions = { sum: sumKernel, max: maxKernel, min: minKernel };

/** Over [outer, length, inner]: axes that are apart are moved to the end. */
function reduction(name: keyof typeof reductions, shape: Shape, axes: readonly number[]): DeviceOperation {
  const kernel = reductions[name];
  const length = sizeOf(axes.map((axis) => shape[axis]!));
  const size = sizeOf(shape.filter((_, axis) => !axes.includes(axis)));
  if (axes.every((axis, i) => i === 0 || axis === axes[i - 1]! + 1)) {
    const inner = sizeOf(shape.slice((axes[axes.length - 1] ?? shape.length - 1) + 1));
    return (run, operands) => run(kernel, operands, reduceConstants(length, inner), size);
  }
  const order = [...shape.keys()].filter((axis) => !axes.includes(axis)).concat(axes);
  const strides = stridesOf(shape);
  const moved = strided(
    0,
    order.map((axis) => strides[axis]!),
    order.map((axis) => shape[axis]!),
  );
  return async (run, operands) => run(kernel, [await moved(run, operands)], reduceConstants(length, 1), size);
}

/** A table for a kernel: last axis first. */
function reversed(values: readonly number[]): Float32Array {
  return Float32Array.from(values).reverse();
}
