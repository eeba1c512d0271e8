import { isFloat, type DType } from "../../dtype/index.js";
import type { FusedKernel, FusedValue } from "../fused-kernel.js";
import { elementwisePart } from "./elementwise-part.js";
import { checkKernel, checkKnown } from "./known.js";
import { Nodes, type Node } from "./nodes.js";
import { partsOf, type Parts } from "./parts.js";
import { readerOf, type Reader } from "./read-elements.js";
import { NotVectorisable } from "./read-text.js";
import { restOf } from "./rest.js";
import { isSinglePrecision } from "./single-precision.js";
import { writeLoop, type VectorLoop } from "./write-loop.js";

/** What a loop reads: elements of the domain in order, a single element of an operand, or a number that is known. */
type Source =
  | { readonly array: number; readonly dtype: DType; readonly reader: Reader }
  | { readonly array: number; readonly dtype: DType; readonly offset: number; readonly reader?: undefined }
  | { readonly value: number; readonly reader?: undefined };

/** Where results go: elements of the domain in order, from this one on. */
interface Target {
  readonly array: number;
  readonly dtype: DType;
  readonly offset: number;
}

/** A fused kernel in vectors. */
export interface VectorKernel {
  readonly parts: Parts;
  readonly nodes: readonly Node[];
  readonly loop: VectorLoop;
  readonly sources: readonly Source[];
  /** Arrays of results, in the order of the first stores of the loop. */
  readonly targets: readonly Target[];
  /** Reductions of what the other stores leave. */
  readonly reductions: readonly { readonly kind: "sum" | "max" | "min"; readonly dtype: DType }[];
  /** What is computed after them. */
  readonly rest: FusedKernel | undefined;
}

/** A page may refuse to compile much at once on its main thread: a module stays within some kilobytes. */
const MOST_NODES = 400;

/** The kernel in vectors, for operands and results of these types; undefined where plain loops have to do it. */
export function vectorKernel(
  kernel: FusedKernel,
  inputs: readonly DType[],
  outputs: readonly DType[],
): VectorKernel | undefined {
  try {
    return write(kernel, inputs, outputs);
  } catch (error) {
    if (error instanceof NotVectorisable) return undefined;
    throw error;
  }
}

function write(kernel: FusedKernel, inputs: readonly DType[], outputs: readonly DType[]): VectorKernel {
  checkKernel(kernel);
  const { domain, values, after } = kernel;
  const parts = partsOf(kernel);
  if (parts === undefined) throw new NotVectorisable("reduced axes apart, or long rows");
  const nodes = new Nodes();
  const nodeOf = elementwisePart(kernel, nodes);
  if (nodes.list.length > MOST_NODES) throw new NotVectorisable("many operations");
  const sources: Source[] = [];
  const loadNodes = nodes.list.map((node) => {
    if (node.kind !== "load") return node;
    return { ...node, load: sources.push(sourceOf(values[node.load]!, domain, inputs)) - 1 };
  });
  const targets: Target[] = [];
  const stores = kernel.results.flatMap(({ value, array, offset, strides }) => {
    if (after[value]!) return [];
    const dtype = outputs[array]!;
    const isWritable = dtype !== "int32" && readerOf(domain, offset, strides).isDense;
    if (!isWritable) throw new NotVectorisable("the result");
    targets.push({ array, dtype, offset });
    return [{ node: nodeOf.get(value)!, dtype }];
  });
  const reductions = values.flatMap((value) => {
    if (value.kind !== "sum" && value.kind !== "max" && value.kind !== "min") return [];
    checkKnown(value);
    if (!isFloat(value.dtype)) throw new NotVectorisable("a sum of integers");
    stores.push({ node: nodeOf.get(value.input)!, dtype: "float64" });
    return [{ kind: value.kind, dtype: value.dtype }];
  });
  const loads = sources.map((source) => (source.reader === undefined ? undefined : source.dtype));
  const rest = reductions.length === 0 ? undefined : restOf(kernel, inputs.length);
  const loop = writeLoop(loadNodes, loads, stores, sources.map(isSinglePrecision));
  return { parts, nodes: nodes.list, loop, sources, targets, reductions, rest };
}

function sourceOf(value: FusedValue, domain: readonly number[], inputs: readonly DType[]): Source {
  if (value.kind === "number") return { value: value.value };
  if (value.kind !== "load") throw new TypeError(`${value.kind} is not read`);
  const { array, offset, strides } = value;
  const dtype = inputs[array]!;
  if (strides.every((stride, k) => stride === 0 || domain[k] === 1)) return { array, dtype, offset };
  return { array, dtype, reader: readerOf(domain, offset, strides) };
}
