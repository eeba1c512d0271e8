import { allocate, type DType, type TypedArray } from "../dtype/index.js";
import type { PlanDescription, SlotView } from "../plan/description.js";
import { formatShape, sizeOf } from "../shape/index.js";
import { DeviceError } from "./device-error.js";
import { fuseElementwise, type DeviceStep } from "./device-fusion.js";
import { deviceOperation, fusedOperation, type DeviceOperation } from "./device-operation.js";
import type { Device, DeviceInput } from "./device.js";

/** Whole numbers up to this one are float32 numbers. */
const MAX_INTEGER = 2 ** 24;

interface Stage {
  readonly operation: DeviceOperation;
  readonly inputs: readonly SlotView[];
  readonly output: SlotView;
}

/**
 * A plan whose steps are kernels on a device, one after the other. Everything is float32 there; results that are whole numbers
 * or truths come back as such.
 */
export class DevicePlan {
  readonly #run: Device["run"];
  readonly #inputs: readonly number[];
  readonly #constants: ReadonlyMap<number, DeviceInput>;
  readonly #stages: readonly Stage[];
  /** Where results are, with the dtypes that they have here. */
  readonly results: readonly SlotView[];

  /** @throws DeviceError for a step that a device has no kernel for */
  constructor(run: Device["run"], description: PlanDescription) {
    this.#run = run;
    this.#inputs = description.inputs;
    this.#constants = new Map([...description.constants].map(([slot, array]) => [slot, onDevice(array)]));
    this.#stages = fuseElementwise(description).map(stageOf);
    this.results = description.results.map((view) =>
      view.dtype === "float64" ? { ...view, dtype: "float32" } : view,
    );
  }

  /** The numbers of the results for those of the arguments, which are read before this returns its promise. */
  async compute(args: readonly TypedArray[]): Promise<TypedArray[]> {
    const values = new Map(this.#constants);
    this.#inputs.forEach((slot, i) => values.set(slot, onDevice(args[i]!)));
    for (const { operation, inputs, output } of this.#stages) {
      const operands = inputs.map(({ slot }) => values.get(slot)!);
      values.set(output.slot, await operation(this.#run, operands));
    }
    return this.results.map(({ slot, shape, dtype }) => copyAs(dtype, values.get(slot)!, sizeOf(shape)));
  }
}

function stageOf(step: DeviceStep): Stage {
  const output = step.outputs[0]!;
  if ("fused" in step) {
    const { fused, inputs } = step;
    return { operation: fusedOperation(fused, inputs, output), inputs, output };
  }
  if (!("primitive" in step)) {
    throw new DeviceError(
      `${step.name ?? "a call"}: runs as code of the host, which no device does. Leave this part outside of the function ` +
        "that is compiled for a device",
    );
  }
  const { primitive, inputs, params } = step;
  const operation = deviceOperation(primitive, inputs, params, output);
  if (operation === undefined) {
    throw new DeviceError(
      `${primitive.name}: has no kernel for devices, for ${output.dtype} of shape ${formatShape(output.shape)}. Leave ` +
        "this part outside of the function that is compiled for a device, or compile it for the host",
    );
  }
  return { operation, inputs, output };
}

function onDevice(array: TypedArray): DeviceInput {
  if (array instanceof Int32Array) {
    const large = array.find((value) => Math.abs(value) > MAX_INTEGER);
    if (large !== undefined) {
      throw new DeviceError(
        `${String(large)}: a device computes in float32, where whole numbers end at 2^24`,
      );
    }
  }
  return Float32Array.from(array);
}

function copyAs(dtype: DType, values: DeviceInput, size: number): TypedArray {
  const array = allocate(dtype, size);
  array.set(values.subarray(0, size));
  return array;
}
