import { isFloat, type DType } from "../../dtype/index.js";
import { operandNames } from "../../kernels/map.js";
import { sizeOf } from "../../shape/index.js";
import type { Access, FusedKernel, FusedMap } from "../fused-kernel.js";
import { checkKernel, checkKnown } from "./known.js";
import { Nodes, type Level } from "./nodes.js";
import { readerOf, type Reader } from "./read-elements.js";
import { NotVectorisable, readText } from "./read-text.js";

/** What a loop reads: elements or rows of the domain in order, a single element of an operand, or a number that is known. */
export type Source =
  | { readonly array: number; readonly dtype: DType; readonly reader: Reader; readonly level: Level }
  | { readonly array: number; readonly dtype: DType; readonly offset: number; readonly reader?: undefined }
  | { readonly value: number; readonly reader?: undefined };

/** An operand of a kernel: an array, or a value that has a node. */
export type Operand = { readonly array: number; readonly dtype: DType } | { readonly node: number };

/** Writes kernels over the same elements, or their rows, as nodes, and what these read as sources. Throws NotVectorisable. */
export class KernelNodes {
  readonly nodes = new Nodes();
  readonly sources: Source[] = [];
  private readonly known = new Map<string, number>();

  /** @param length - of rows that parts are made of; undefined where they may end anywhere */
  constructor(
    private readonly size: number,
    private readonly length: number | undefined,
  ) {}

  /** The nodes of the values of a kernel, by their numbers. Without rows, those before its reductions. */
  add(kernel: FusedKernel, operands: readonly Operand[]): ReadonlyMap<number, number> {
    checkKernel(kernel);
    const { domain, values, after } = kernel;
    const { nodes } = this;
    const nodeOf = new Map<number, number>();
    const own: Level = sizeOf(domain) === this.size ? "element" : "row";
    values.forEach((value, v) => {
      if (after[v]! && this.length === undefined) return;
      checkKnown(value);
      nodes.level = after[v]! ? "row" : own;
      if (value.kind === "number") nodeOf.set(v, this.number(value.value));
      else if (value.kind === "load") nodeOf.set(v, this.load(value, operands[value.array]!, domain));
      else if (value.kind === "map") nodeOf.set(v, this.map(value, nodeOf));
      else {
        if (!isFloat(value.dtype)) throw new NotVectorisable("a sum of integers");
        nodeOf.set(v, this.stored(nodes.rows(value.kind, nodeOf.get(value.input)!), value.dtype));
      }
    });
    return nodeOf;
  }

  /** What is read back after a number was stored in an array of this dtype. */
  stored(node: number, dtype: DType): number {
    if (dtype === "int32") throw new NotVectorisable("integers wrap");
    return dtype === "float32" ? this.nodes.operation("round32", node) : node;
  }

  /** Reads an operand for all indices of a domain, or, for a value of rows, of its axes before those of a row. */
  load({ offset, strides }: Access, operand: Operand, domain: readonly number[]): number {
    const { nodes } = this;
    const isOfElements = sizeOf(domain) === this.size;
    const kept = isOfElements ? this.axesBefore(domain) : domain.length;
    const before = <T>(list: readonly T[]): readonly T[] => list.slice(0, kept);
    const isSame = (k: number): boolean => strides[k] === 0 || domain[k] === 1;
    // The same for all elements of a row?
    const isOfRows =
      nodes.level === "row" || (kept < domain.length && [...domain.keys()].slice(kept).every(isSame));
    const reader = isOfRows
      ? readerOf(before(domain), offset, before(strides))
      : readerOf(domain, offset, strides);
    if ("node" in operand) {
      if (this.isSingle(operand.node)) return operand.node;
      const isThere = (nodes.list[operand.node]!.level === "row") === isOfRows;
      if (!isThere || !reader.isDense || offset !== 0) throw new NotVectorisable("read in another order");
      return this.asRead(operand.node);
    }
    const { array, dtype } = operand;
    if (domain.every((_, k) => isSame(k))) return this.source({ array, dtype, offset });
    return this.asRead(
      this.source({ array, dtype, reader, level: isOfRows ? "row" : "element" }, [
        offset,
        ...strides,
        "of",
        ...domain,
      ]),
    );
  }

  private map({ expression, before, inputs, dtype }: FusedMap, nodeOf: ReadonlyMap<number, number>): number {
    const operands = inputs.map((input, i) => [operandNames[i]!, nodeOf.get(input)!] as const);
    return this.stored(readText(before, expression, new Map(operands), this.nodes), dtype);
  }

  /** Numbers are loaded like operands, so that programs which differ in them have the same module. */
  private number(value: number): number {
    return this.source({ value }, Object.is(value, -0) ? "-0" : String(value));
  }

  /** The node of what is read, the same for the same: `key` says what the source itself does not. */
  private source(source: Source, key: unknown = ""): number {
    const { nodes, known, sources } = this;
    const { level } = nodes;
    nodes.level = source.reader === undefined ? "element" : source.level;
    const name = `${JSON.stringify(source)} ${nodes.level} ${String(key)}`;
    let load = known.get(name);
    if (load === undefined) known.set(name, (load = sources.push(source) - 1));
    const node = nodes.load(load);
    nodes.level = level;
    return node;
  }

  private isSingle(node: number): boolean {
    const found = this.nodes.list[node]!;
    return found.kind === "load" && this.sources[found.load]!.reader === undefined;
  }

  /** The value as one of elements, where that is wanted. */
  private asRead(node: number): number {
    const { nodes } = this;
    return nodes.level === "element" && nodes.list[node]!.level === "row" ? nodes.rows("spread", node) : node;
  }

  /** How many axes there are before those of a row; all, if its elements are not those of some axes. */
  private axesBefore(domain: readonly number[]): number {
    const first = domain.findIndex((_, k) => sizeOf(domain.slice(k)) === this.length);
    return first < 0 ? domain.length : first;
  }
}
