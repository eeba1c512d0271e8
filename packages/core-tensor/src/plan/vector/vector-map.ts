import { dtypeOf, type TypedArray } from "../../dtype/index.js";
import type { ArrayMap } from "../../host/long-arrays.js";
import type { FusedKernel } from "../fused-kernel.js";
import { plainLoop } from "../plain-loop.js";
import { candidateOf, whenWorthwhile } from "./when-worthwhile.js";

/**
 * The expression in vectors, with the bits of its plain loop. False, and nothing done, where that one is as fast, or the
 * only one there is, and until so many elements were computed that compiling pays.
 */
export function vectorMap(expression: string, before: readonly string[]): ArrayMap {
  const variants = new Map<string, ReturnType<typeof whenWorthwhile>>();
  return (inputs, out) => {
    let key: string = dtypeOf(out);
    for (const x of inputs) key += (x.length === 1 ? " single " : " ") + dtypeOf(x);
    let vectors = variants.get(key);
    if (vectors === undefined) {
      const types = inputs.map(dtypeOf);
      const kernel = kernelOf(expression, before, inputs, out);
      vectors = whenWorthwhile(() => candidateOf(kernel, types, [dtypeOf(out)], plainLoop));
      variants.set(key, vectors);
    }
    return vectors(out.length)?.(inputs, [out], out.length) === true;
  };
}

function kernelOf(
  expression: string,
  before: readonly string[],
  inputs: readonly TypedArray[],
  out: TypedArray,
): FusedKernel {
  const loads = inputs.map((x, array) => {
    return { kind: "load", array, offset: 0, strides: [x.length === 1 ? 0 : 1] } as const;
  });
  const value = inputs.length;
  return {
    domain: [out.length],
    reduced: [false],
    values: [...loads, { kind: "map", expression, before, inputs: [...inputs.keys()], dtype: dtypeOf(out) }],
    after: new Array<boolean>(value + 1).fill(false),
    results: [{ array: 0, value, offset: 0, strides: [1] }],
  };
}
