import { dtypeOf, type TypedArray } from "../../dtype/index.js";
import type { ArrayMap } from "../../host/long-arrays.js";
import type { ExpressionMap } from "../../kernels/kernel.js";
import type { Access } from "../../kernels/map.js";
import type { FusedKernel } from "../fused-kernel.js";
import { plainLoop } from "../plain-loop.js";
import { candidateOf, whenWorthwhile } from "./when-worthwhile.js";

/** Shapes of rows for which vectors are kept: each is a kernel, though many share a module. */
const MOST = 64;

/**
 * The expression in vectors, with the bits of its plain loop. False, and nothing done, where that one is as fast, or the
 * only one there is, and until so many elements were computed that compiling pays.
 */
export function vectorMap({ expression, before, accesses }: ExpressionMap): ArrayMap {
  const variants = new Map<string, ReturnType<typeof whenWorthwhile>>();
  return (inputs, out) => {
    const length = rowLength(accesses, inputs, out);
    if (length === undefined) return false;
    let key: string = dtypeOf(out);
    for (const x of inputs) key += (x.length === 1 ? " single " : " ") + dtypeOf(x);
    if (length > 1) key += ` ${String(out.length)} ${String(length)}`;
    let vectors = variants.get(key);
    if (vectors === undefined) {
      const types = inputs.map(dtypeOf);
      const strides = accesses.map((access) => stridesFor(access, length));
      const value = inputs.length;
      const kernel: FusedKernel = {
        domain: [out.length / length, length],
        reduced: [false, false],
        values: [
          ...strides.map((own, array) => ({ kind: "load", array, offset: 0, strides: own }) as const),
          { kind: "map", expression, before, inputs: [...inputs.keys()], dtype: dtypeOf(out) },
        ],
        after: new Array<boolean>(value + 1).fill(false),
        results: [{ array: 0, value, offset: 0, strides: [length, 1] }],
      };
      vectors = whenWorthwhile(() => candidateOf(kernel, types, [dtypeOf(out)], plainLoop));
      if (variants.size >= MOST) variants.clear();
      variants.set(key, vectors);
    }
    return vectors(out.length)?.(inputs, [out], length > 1 ? undefined : out.length) === true;
  };
}

/** The length of rows that are read again and again, or of those with one element of an operand; 1 without, undefined for several. */
function rowLength(
  accesses: readonly Access[],
  inputs: readonly TypedArray[],
  out: TypedArray,
): number | undefined {
  let found = 1;
  for (let i = 0; i < inputs.length; i++) {
    if (accesses[i] !== "row" && accesses[i] !== "column") continue;
    const length = accesses[i] === "row" ? inputs[i]!.length : out.length / inputs[i]!.length;
    if (found !== 1 && found !== length) return undefined;
    found = length;
  }
  return found;
}

/** Along the rows, and along each. */
function stridesFor(access: Access, length: number): [number, number] {
  if (access === "full") return [length, 1];
  if (access === "scalar") return [0, 0];
  return access === "row" ? [0, 1] : [1, 0];
}
