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
import type { SimdFunction } from "../../simd/index.js";
import type { Node } from "./nodes.js";
import { operate, readAs, writeAs } from "./operate.js";
import { shifts, Slots, stagesOf, type Store } from "./slots.js";

/** A module whose `run(n, base)` goes through n elements, in slots at fixed distances from `base`. */
export interface VectorLoop {
  readonly code: Uint8Array<ArrayBuffer>;
  /** The functions that it imports. */
  readonly functions: readonly SimdFunction[];
  /** Distances from `base` in bytes: where loads are read, and stores are left. */
  readonly loads: readonly number[];
  readonly stores: readonly number[];
  /** All slots together. */
  readonly bytes: number;
}

/** Locals: the parameters, the end of the first pointer, and pointers into slots of elements of 8, 4 and 1 bytes. */
const [N, BASE, END, POINTER_8, POINTER_4, POINTER_1, FIRST_VECTOR] = [0, 1, 2, 3, 4, 5, 6] as const;
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

class LoopWriter {
  private readonly stages: readonly number[];
  private readonly slots: Slots;
  private readonly functions: SimdFunction[] = [];
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
    const { functions, slots, before } = this;
    const passes: number[] = [];
    for (let stage = 0; stage <= Math.max(0, ...this.stages); stage++) {
      passes.push(...this.calls(stage), ...this.pass(stage));
    }
    const code = encodeModule({
      imports: functions,
      integers: FIRST_VECTOR - END,
      vectors: this.vectors,
      body: [...before, ...shiftedSum(BASE, N, shifts.float64), ...localSet(END), ...passes],
    });
    return { code, functions, loads: slots.loads, stores: slots.stores, bytes: slots.bytes };
  }

  /** The functions whose results are there at the beginning of a stage. */
  private calls(stage: number): Code {
    return this.nodes.flatMap((node, n) => {
      if (node.kind !== "function" || this.stages[n] !== stage) return [];
      if (!this.functions.includes(node.name)) this.functions.push(node.name);
      const operands = [node.input, n].flatMap((each) => plus(BASE, this.slots.of(each)));
      return [...localGet(N), ...operands, ...call(this.functions.indexOf(node.name))];
    });
  }

  /** One pass over the part, two elements at a time; beyond an odd end, it works on what nobody reads. */
  private pass(stage: number): Code {
    this.inside = [];
    this.known = new Map();
    this.nodes.forEach((node, n) => {
      if (this.stages[n] !== stage) return;
      if (node.kind === "operation") {
        this.keep(n, operate(node.operation, node.inputs.map((input) => this.valueOf(input)))); // prettier-ignore
      }
      if (node.kind !== "function" && this.slots.has(n) && !this.slots.isThere(n)) {
        this.store("float64", n, this.slots.of(n));
      }
    });
    this.stores.forEach(({ node, dtype }, s) => {
      if (this.stages[node] === stage && dtype !== "float64") this.store(dtype, node, this.slots.stores[s]!);
    });
    if (this.inside.length === 0) return [];
    const all = [POINTER_8, POINTER_4, POINTER_1];
    const starts = all.flatMap((pointer) => [...localGet(BASE), ...localSet(pointer)]);
    const steps = all.flatMap((pointer, i) => [...plus(pointer, [16, 8, 2][i]!), ...localSet(pointer)]);
    return [...starts, ...repeatWhileBelow([...this.inside, ...steps], POINTER_8, END)];
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
