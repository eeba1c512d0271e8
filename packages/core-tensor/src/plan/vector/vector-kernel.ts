import { isFloat, type DType } from "../../dtype/index.js";
import { sizeOf } from "../../shape/index.js";
import type { FusedKernel } from "../fused-kernel.js";
import { KernelNodes, type Source } from "./kernel-nodes.js";
import { checkKernel, checkKnown } from "./known.js";
import type { Level, Node } from "./nodes.js";
import { partsOf, partsOfRows, rowLength, type Parts } from "./parts.js";
import { readerOf } from "./read-elements.js";
import { NotVectorisable } from "./read-text.js";
import { restOf } from "./rest.js";
import { isSinglePrecision } from "./single-precision.js";
import type { Store } from "./slots.js";
import { writeLoop, type VectorLoop } from "./write-loop.js";

type Result = FusedKernel["results"][number];

/** Where results go: elements of the domain in order, or its rows, from this place on. */
interface Target {
  readonly array: number;
  readonly dtype: DType;
  readonly offset: number;
  readonly level: Level;
}

/** A fused kernel in vectors. */
export interface VectorKernel {
  readonly parts: Parts;
  readonly nodes: readonly Node[];
  readonly loop: VectorLoop;
  readonly sources: readonly Source[];
  /** Arrays of results, in the order of the first stores of the loop. */
  readonly targets: readonly Target[];
  /** Reductions of what the other stores leave, where they do not go along rows. */
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
  return vectorsOrNone(() => write(kernel, inputs, outputs));
}

/** Undefined where vectors cannot do it. */
export function vectorsOrNone(make: () => VectorKernel): VectorKernel | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof NotVectorisable) return undefined;
    throw error;
  }
}

function write(kernel: FusedKernel, inputs: readonly DType[], outputs: readonly DType[]): VectorKernel {
  checkKernel(kernel);
  const { domain, values, after } = kernel;
  const length = rowLength(kernel);
  const parts = length === undefined ? partsOf(kernel) : partsOfRows(sizeOf(domain) / length, length);
  if (parts === undefined) throw new NotVectorisable("reduced axes apart, or long rows");
  const isAlongRows = length !== undefined;
  const written = new KernelNodes(sizeOf(domain), length);
  const nodeOf = written.add(kernel, inputs.map((dtype, array) => ({ array, dtype }))); // prettier-ignore
  const targets: Target[] = [];
  const stores: Store[] = [];
  for (const result of kernel.results) {
    const { value, array, offset } = result;
    if (after[value]! && !isAlongRows) continue;
    const level = after[value]! ? "row" : "element";
    if (!isDense(kernel, result)) throw new NotVectorisable("the result");
    targets.push({ array, dtype: outputs[array]!, offset, level });
    stores.push({ node: nodeOf.get(value)!, dtype: outputs[array]! });
  }
  const reductions = values.flatMap((value) => {
    if (isAlongRows || (value.kind !== "sum" && value.kind !== "max" && value.kind !== "min")) return [];
    checkKnown(value);
    if (!isFloat(value.dtype)) throw new NotVectorisable("a sum of integers");
    stores.push({ node: nodeOf.get(value.input)!, dtype: "float64" });
    return [{ kind: value.kind, dtype: value.dtype }];
  });
  const rest = reductions.length === 0 ? undefined : restOf(kernel, inputs.length);
  return { ...finished(written, stores), parts, targets, reductions, rest };
}

/** The loop of what was written. */
export function finished({ nodes: { list }, sources }: KernelNodes, stores: readonly Store[]) {
  if (list.length > MOST_NODES) throw new NotVectorisable("many operations");
  if (stores.some(({ dtype }) => dtype === "int32")) throw new NotVectorisable("integers as results");
  const loads = sources.map((source) => (source.reader === undefined ? undefined : source.dtype));
  return { nodes: list, sources, loop: writeLoop(list, loads, stores, sources.map(isSinglePrecision)) };
}

/** Is a result written in the order of the axes that it has? */
export function isDense(
  { domain, reduced, after }: FusedKernel,
  { value, offset, strides }: Result,
): boolean {
  const kept = <T>(list: readonly T[]): T[] => list.filter((_, k) => !(after[value]! && reduced[k]!));
  return readerOf(kept(domain), offset, kept(strides)).isDense;
}
