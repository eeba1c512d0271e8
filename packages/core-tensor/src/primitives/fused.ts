import type { Expression } from "../fuse/expression.js";
import type { Access } from "../kernels/map.js";
import type { Kernel } from "../kernels/kernel.js";
import { fusedKernel } from "../kernels/fused.js";
import { broadcastShapes, type Shape } from "../shape/index.js";
import { intoNewArrays } from "./into-new-arrays.js";
import { mapReading, runMap } from "./run-map.js";
import type { Primitive } from "./primitive.js";

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
    const reading = mapReading((accesses) => kernelFor(expression, accesses), inputs, out!);
    return (arrays, results) => {
      runMap(reading, arrays, results[0]!);
    };
  },
};

const kernels = new WeakMap<Expression, Map<string, Kernel>>();

function kernelFor(expression: Expression, accesses: readonly Access[]): Kernel {
  let own = kernels.get(expression);
  if (own === undefined) kernels.set(expression, (own = new Map<string, Kernel>()));
  const key = accesses.join();
  let kernel = own.get(key);
  if (kernel === undefined) own.set(key, (kernel = fusedKernel(expression, accesses)));
  return kernel;
}
