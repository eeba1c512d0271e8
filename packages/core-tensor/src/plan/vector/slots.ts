import type { DType } from "../../dtype/index.js";
import type { Node } from "./nodes.js";

/** Elements that a loop goes through at once: a dozen arrays of so many numbers stay in the caches next to the core. */
export const PART = 2048;

/** A node whose numbers are wanted, as this dtype. */
export interface Store {
  readonly node: number;
  readonly dtype: DType;
}

/**
 * The stage in which the number of a node is there. A stage is one pass over the part; functions, and what runs along rows,
 * run between two of them, so that their results are there one stage after their operands.
 */
export function stagesOf(nodes: readonly Node[]): readonly number[] {
  const stages: number[] = [];
  for (const node of nodes) {
    if (node.kind === "operation") stages.push(Math.max(...node.inputs.map((input) => stages[input]!)));
    else stages.push("input" in node ? stages[node.input]! + 1 : 0);
  }
  return stages;
}

/** Binary logarithms of the bytes of an element. */
export const shifts = { float64: 3, float32: 2, int32: 2, bool: 0 } as const;

/** Where numbers lie in memory, in bytes from a base: those that are read and stored, and those that a later pass reads. */
export class Slots {
  readonly loads: readonly number[];
  readonly stores: readonly number[];
  private readonly ofNodes = new Map<number, number>();
  private taken = 0;

  /** `loads` are the dtypes of what is read for every element; undefined is a single number, as float64. */
  constructor(
    private readonly nodes: readonly Node[],
    private readonly dtypes: readonly (DType | undefined)[],
    stores: readonly Store[],
  ) {
    const stages = stagesOf(nodes);
    this.loads = dtypes.map((dtype) =>
      dtype === undefined ? this.take("float64", 1) : this.take(dtype, PART),
    );
    nodes.forEach((node, n) => {
      if ("input" in node) [node.input, n].forEach((each) => this.of(each));
      if (node.kind !== "operation") return;
      for (const input of node.inputs) {
        if (nodes[input]!.kind === "operation" && stages[input]! < stages[n]!) this.of(input);
      }
    });
    this.stores = stores.map(({ node, dtype }) =>
      dtype === "float64" ? this.of(node) : this.take(dtype, PART),
    );
  }

  get bytes(): number {
    return this.taken;
  }

  /** The slot of a node's numbers as float64, which it then has. */
  of(n: number): number {
    let slot = this.ofNodes.get(n);
    if (slot === undefined) {
      const node = this.nodes[n]!;
      slot = node.kind === "load" && this.isThere(n) ? this.loads[node.load]! : this.take("float64", PART);
      this.ofNodes.set(n, slot);
    }
    return slot;
  }

  has(n: number): boolean {
    return this.ofNodes.has(n);
  }

  /** Are its numbers in memory before any pass: because they are loaded as float64? */
  isThere(n: number): boolean {
    const node = this.nodes[n]!;
    return node.kind === "load" && this.dtypes[node.load] === "float64";
  }

  /** Passes work on pairs, and read up to eight bytes of bools: a slot has some more bytes than elements. */
  private take(dtype: DType, count: number): number {
    const offset = this.taken;
    this.taken += ((count << shifts[dtype]) + 64) & ~63;
    return offset;
  }
}
