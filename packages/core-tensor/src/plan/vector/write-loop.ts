import type { DType } from "../../dtype/index.js";
import {
  at,
  call,
  encodeModule,
  localGet,
  localSet,
  plus,
  repeatWhileBelow,
  shiftedSum,
  splat,
  type Code,
} from "../../simd/encode/index.js";
import type { RowOperation, SimdFunction } from "../../simd/index.js";
import type { Level, Node } from "./nodes.js";
import { operate, readAs, writeAs } from "./operate.js";
import { shifts, Slots, stagesOf, type Store } from "./slots.js";

/**
 * A module whose `run(n, base, rows, length)` goes through n elements, in rows of a length if anything goes along rows, in
 * slots at fixed distances from `base`.
 */
export interface VectorLoop {
  readonly code: Uint8Array<ArrayBuffer>;
  /** The kernels that it imports. */
  readonly imports: readonly (SimdFunction | RowOperation)[];
  /** Distances from `base` in bytes: where loads are read, and stores are left. */
  readonly loads: readonly number[];
  readonly stores: readonly number[];
  /** All slots together. */
  readonly bytes: number;
}

/** Locals: the parameters, the end of the first pointer, and pointers into slots of elements of 8, 4 and 1 bytes. */
const [N, BASE, ROWS, LENGTH, END, POINTER_8, POINTER_4, POINTER_1, FIRST_VECTOR] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8,
] as const;
const pointers = { float64: POINTER_8, float32: POINTER_4, int32: POINTER_4, bool: POINTER_1 } as const;

/**
 * Writes the loop: stages of vector instructions, each one pass over the part, and between them the functions, which run
 * over the part as well. A stage keeps its values in registers; what later stages or functions read goes to a slot.
 */
export function writeLoop(
  nodes: readonly Node[],
  loads: readonly (DType | undefined)[],
  stores: readonly Store[],
): VectorLoop {
  return new LoopWriter(nodes, loads, stores).write();
}

/** The local with the number of elements, or of rows, in the part. */
const countOf = (level: Level): number => (level === "row" ? ROWS : N);

class LoopWriter {
  private readonly stages: readonly number[];
  private readonly slots: Slots;
  private readonly imports: (SimdFunction | RowOperation)[] = [];
  private readonly parameters: number[] = [];
  private vectors = 0;
  /** Code before all passes: numbers that are the same for all elements go to locals. */
  private readonly before: number[] = [];
  private readonly single = new Map<number, number>();
  /** The pass that is being written: its code, and the locals of the values that it has. */
  private inside: number[] = [];
  private known = new Map<number, number>();

  constructor(
    private readonly nodes: readonly Node[],
    private readonly loads: readonly (DType | undefined)[],
    private readonly stores: readonly Store[],
  ) {
    this.stages = stagesOf(nodes);
    this.slots = new Slots(nodes, loads, stores);
  }

  write(): VectorLoop {
    const { imports, parameters, slots, before } = this;
    const passes: number[] = [];
    for (let stage = 0; stage <= Math.max(0, ...this.stages); stage++) {
      passes.push(...this.calls(stage), ...this.pass(stage, "element"), ...this.pass(stage, "row"));
    }
    const code = encodeModule({
      imports: imports.map((name, i) => ({ name, parameters: parameters[i]! })),
      integers: FIRST_VECTOR - END,
      vectors: this.vectors,
      body: [...before, ...passes],
    });
    return { code, imports, loads: slots.loads, stores: slots.stores, bytes: slots.bytes };
  }

  /** The kernels whose results are there at the beginning of a stage. */
  private calls(stage: number): Code {
    return this.nodes.flatMap((node, n) => {
      if (!("input" in node) || this.stages[n] !== stage) return [];
      const counts = node.kind === "rows" ? [ROWS, LENGTH] : [countOf(node.level)];
      const operands = [node.input, n].flatMap((each) => plus(BASE, this.slots.of(each)));
      return [...counts.flatMap(localGet), ...operands, ...call(this.imported(node.name, counts.length + 2))];
    });
  }

  private imported(name: SimdFunction | RowOperation, parameters: number): number {
    const known = this.imports.indexOf(name);
    if (known >= 0) return known;
    this.parameters.push(parameters);
    return this.imports.push(name) - 1;
  }

  /** One pass over the elements of the part, or its rows, two at a time; beyond an odd end, it works on what nobody reads. */
  private pass(stage: number, level: Level): Code {
    this.inside = [];
    this.known = new Map();
    this.nodes.forEach((node, n) => {
      if (this.stages[n] !== stage || node.level !== level) return;
      if (node.kind === "operation") {
        this.keep(n, operate(node.operation, node.inputs.map((input) => this.valueOf(input)))); // prettier-ignore
      }
      if (!("input" in node) && this.slots.has(n) && !this.slots.isThere(n)) {
        this.store("float64", n, this.slots.of(n));
      }
    });
    this.stores.forEach(({ node, dtype }, s) => {
      if (this.stages[node] !== stage || this.nodes[node]!.level !== level) return;
      if (dtype !== "float64") this.store(dtype, node, this.slots.stores[s]!);
    });
    if (this.inside.length === 0) return [];
    const all = [POINTER_8, POINTER_4, POINTER_1];
    const starts = all.flatMap((pointer) => [...localGet(BASE), ...localSet(pointer)]);
    const steps = all.flatMap((pointer, i) => [...plus(pointer, [16, 8, 2][i]!), ...localSet(pointer)]);
    const end = [...shiftedSum(BASE, countOf(level), shifts.float64), ...localSet(END)];
    return [...starts, ...end, ...repeatWhileBelow([...this.inside, ...steps], POINTER_8, END)];
  }

  private store(dtype: DType, n: number, slot: number): void {
    const value = this.valueOf(n);
    this.inside.push(...writeAs(dtype, localGet(pointers[dtype]), value, slot));
  }

  /** The value of a node, on the stack. */
  private valueOf(n: number): Code {
    return localGet(this.singleOf(n) ?? this.known.get(n) ?? this.keep(n, this.read(n)));
  }

  private keep(n: number, code: Code): number {
    const local = this.newLocal();
    this.known.set(n, local);
    this.inside.push(...code, ...localSet(local));
    return local;
  }

  private read(n: number): Code {
    const node = this.nodes[n]!;
    if (node.kind === "load" && !this.slots.isThere(n)) {
      const dtype = this.loads[node.load]!;
      return [...localGet(pointers[dtype]), ...readAs(dtype, this.slots.loads[node.load]!)];
    }
    return [...localGet(POINTER_8), ...readAs("float64", this.slots.of(n))];
  }

  /** The local of a number that is the same for all elements. */
  private singleOf(n: number): number | undefined {
    const node = this.nodes[n]!;
    const isSingle = node.kind === "number" || (node.kind === "load" && this.loads[node.load] === undefined);
    if (!isSingle) return undefined;
    let local = this.single.get(n);
    if (local === undefined) {
      this.single.set(n, (local = this.newLocal()));
      const value =
        node.kind === "number"
          ? splat(node.value)
          : [...localGet(BASE), ...at("load64Splat", this.slots.loads[node.load]!)];
      this.before.push(...value, ...localSet(local));
    }
    return local;
  }

  private newLocal(): number {
    return FIRST_VECTOR + this.vectors++;
  }
}
