import type { Expression } from "../fuse/expression.js";
import type { KernelFor } from "../kernels/access.js";
import type { Access } from "../kernels/map.js";
import type { Kernel } from "../kernels/kernel.js";
import { fusedKernel, textOf } from "../kernels/fused.js";
import { broadcastShapes, type Shape } from "../shape/index.js";
import { intoNewArrays } from "./into-new-arrays.js";
import { mapReading, runMap } from "./run-map.js";
import type { Primitive } from "./primitive.js";
import { forLongArrays, type ArrayMap } from "./long-arrays.js";

/** An elementwise function of any number of operands, written with other elementwise primitives, in one pass. */
export const fused: Primitive<"fused", { readonly expression: Expression }> = {
  name: "fused",
  shape: (inputs, { expression }) => [
    {
      shape: inputs.reduce<Shape>((shape, input) => broadcastShapes(shape, input.shape, "fused"), []),
      dtype: expression.dtype,
    },
  ],
  evaluate: intoNewArrays,
  prepare: (inputs, { expression }, [out]) => {
    const { kernelFor, longArrays } = executableOf(expression);
    const reading = mapReading(kernelFor, longArrays, inputs, out!);
    return (arrays, results) => {
      runMap(reading, arrays, results[0]!);
    };
  },
};

interface Executable {
  readonly kernelFor: KernelFor;
  readonly longArrays: ArrayMap;
}

const executables = new WeakMap<Expression, Executable>();

function executableOf(expression: Expression): Executable {
  let own = executables.get(expression);
  if (own === undefined) {
    const kernels = new Map<string, Kernel>();
    const kernelFor = (accesses: readonly Access[]): Kernel => {
      const key = accesses.join();
      let kernel = kernels.get(key);
      if (kernel === undefined) kernels.set(key, (kernel = fusedKernel(expression, accesses)));
      return kernel;
    };
    const text = textOf(expression);
    executables.set(
      expression,
      (own = { kernelFor, longArrays: forLongArrays(text.expression, text.before) }),
    );
  }
  return own;
}
