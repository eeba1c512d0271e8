import { dtypeOf, type TypedArray } from "../dtype/index.js";
import type { FusedKernel } from "../plan/fused-kernel.js";
import { compileVectors, vectorKernel, type RunVectors } from "../plan/vector/index.js";

/** Below this number of elements, the copies to and from the memory of WebAssembly cost more than vectors win. */
const SMALLEST = 512;

/** Elements that plain loops compute in the time in which vectors are written and compiled. */
const WORTHWHILE = 2 ** 17;

/** An elementwise function in vectors, of operands with an element for each of the result, or with a single one. */
export type VectorMap = (inputs: readonly TypedArray[], out: TypedArray) => boolean;

/** A variant of it for operands and a result of some types: counted until it is compiled. */
interface Variant {
  elements: number;
  run: RunVectors | undefined;
}

/**
 * The expression in vectors, with the bits of its plain loop. False, and nothing done, where that one is as fast, or the
 * only one there is, and until so many elements were computed that compiling pays.
 */
export function vectorMap(expression: string, before: readonly string[]): VectorMap {
  const variants = new Map<string, Variant>();
  return (inputs, out) => {
    if (out.length < SMALLEST) return false;
    let key: string = dtypeOf(out);
    for (const x of inputs) key += (x.length === 1 ? " single " : " ") + dtypeOf(x);
    let variant = variants.get(key);
    if (variant === undefined) variants.set(key, (variant = { elements: 0, run: undefined }));
    if (variant.run === undefined && (variant.elements += out.length) >= WORTHWHILE) {
      variant.run = compile(expression, before, inputs, out);
      variant.elements = -Infinity;
    }
    return variant.run?.(inputs, [out], out.length) === true;
  };
}

function compile(
  expression: string,
  before: readonly string[],
  inputs: readonly TypedArray[],
  out: TypedArray,
): RunVectors | undefined {
  const dtype = dtypeOf(out);
  const loads = inputs.map((x, array) => {
    return { kind: "load", array, offset: 0, strides: [x.length === 1 ? 0 : 1] } as const;
  });
  const value = inputs.length;
  const kernel: FusedKernel = {
    domain: [out.length],
    reduced: [false],
    values: [...loads, { kind: "map", expression, before, inputs: [...inputs.keys()], dtype }],
    after: new Array<boolean>(value + 1).fill(false),
    results: [{ array: 0, value, offset: 0, strides: [1] }],
  };
  const vector = vectorKernel(kernel, inputs.map(dtypeOf), [dtype]);
  try {
    return vector && compileVectors(vector, undefined);
  } catch {
    // A policy that forbids it, or no SIMD.
    return undefined;
  }
}
