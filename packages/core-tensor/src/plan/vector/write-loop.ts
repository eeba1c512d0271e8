import type { DType } from "../../dtype/index.js";
import {
  call,
  encodeModule,
  localGet,
  localSet,
  plus,
  repeatWhileBelow,
  shiftedSum,
  type Code,
} from "../../simd/encode/index.js";
import type { RowOperation, SimdFunction } from "../../simd/index.js";
import { fourLanes } from "./four-lanes.js";
import { masks, type Level, type Node } from "./nodes.js";
import { twoLanes, type Lanes } from "./operate.js";
import { inSinglePrecision } from "./single-precision.js";
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
 * `singlePrecision` says which loads have numbers of float32: stages of such numbers alone work on four at a time.
 */
export function writeLoop(
  nodes: readonly Node[],
  loads: readonly (DType | undefined)[],
  stores: readonly Store[],
  singlePrecision: readonly boolean[],
): VectorLoop {
  return new LoopWriter(nodes, loads, stores, singlePrecision).write();
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
  private readonly numbers = new Map<Lanes, Map<number, number>>([
    [twoLanes, new Map()],
    [fourLanes, new Map()],
  ]);
  /** The pass that is being written: its code, and the locals of the values that it has. */
  private inside: number[] = [];
  private known = new Map<number, number>();
  private lanes = twoLanes;
  /** The nodes as instructions on float32, where they can be that. */
  private readonly inFloat32: readonly (Node | undefined)[];

  constructor(
    private readonly nodes: readonly Node[],
    private readonly loads: readonly (DType | undefined)[],
    private readonly stores: readonly Store[],
    singlePrecision: readonly boolean[],
  ) {
    this.inFloat32 = inSinglePrecision(nodes, singlePrecision);
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

  /** One pass over the elements of the part, or its rows, some at a time; beyond the end, it works on what nobody reads. */
  private pass(stage: number, level: Level): Code {
    const isHere = (n: number): boolean => this.stages[n] === stage && this.nodes[n]!.level === level;
    const needed = this.neededInFourLanes(isHere);
    const nodes = needed === undefined ? this.nodes : this.inFloat32;
    this.lanes = needed === undefined ? twoLanes : fourLanes;
    this.inside = [];
    this.known = new Map();
    nodes.forEach((node, n) => {
      if (!isHere(n) || needed?.has(n) === false) return;
      if (node?.kind === "operation") {
        this.keep(n, this.lanes.operate(node.operation, node.inputs.map((input) => this.valueOf(input)))); // prettier-ignore
      }
      if (this.isKept(n)) this.store("float64", n, this.slots.of(n));
    });
    this.stores.forEach(({ node, dtype }, s) => {
      if (isHere(node) && dtype !== "float64") this.store(dtype, node, this.slots.stores[s]!);
    });
    if (this.inside.length === 0) return [];
    const all = [POINTER_8, POINTER_4, POINTER_1];
    const starts = all.flatMap((pointer) => [...localGet(BASE), ...localSet(pointer)]);
    const steps = all.flatMap((pointer, i) => [
      ...plus(pointer, [8, 4, 1][i]! * this.lanes.count),
      ...localSet(pointer),
    ]);
    const end = [...shiftedSum(BASE, countOf(level), shifts.float64), ...localSet(END)];
    return [...starts, ...end, ...repeatWhileBelow([...this.inside, ...steps], POINTER_8, END)];
  }

  /** Does a pass leave the numbers of a node in its slot? */
  private isKept(n: number): boolean {
    return !("input" in this.nodes[n]!) && this.slots.has(n) && !this.slots.isThere(n);
  }

  /** The nodes of a pass that are needed on four lanes; undefined where others than those of float32 are among them. */
  private neededInFourLanes(isHere: (n: number) => boolean): ReadonlySet<number> | undefined {
    const { nodes, inFloat32, stores } = this;
    const needed = new Set<number>();
    const visit = (n: number): boolean => {
      const node = nodes[n]!;
      const isMask = node.kind === "operation" && masks.includes(node.operation);
      // A mask that another pass reads has the width of float64.
      if (!isHere(n)) return !isMask;
      if (needed.has(n)) return true;
      needed.add(n);
      if (node.kind !== "operation") return true;
      const as = inFloat32[n];
      if (as?.kind !== "operation" || (isMask && this.slots.has(n))) return false;
      return as.inputs.every(visit);
    };
    const isFour = (n: number): boolean => !isHere(n) || (inFloat32[n] !== undefined && visit(n));
    const kept = nodes.every((_, n) => !this.isKept(n) || isFour(n));
    return kept && stores.every(({ node, dtype }) => dtype === "float64" || isFour(node))
      ? needed
      : undefined;
  }

  private store(dtype: DType, n: number, slot: number): void {
    const value = this.valueOf(n);
    this.inside.push(...this.lanes.write(dtype, localGet(pointers[dtype]), value, slot));
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
      return this.lanes.read(dtype, localGet(pointers[dtype]), this.slots.loads[node.load]!);
    }
    return this.lanes.read("float64", localGet(POINTER_8), this.slots.of(n));
  }

  /** The local of a number that is the same for all elements. */
  private singleOf(n: number): number | undefined {
    const node = this.nodes[n]!;
    const isSingle = node.kind === "number" || (node.kind === "load" && this.loads[node.load] === undefined);
    if (!isSingle) return undefined;
    const { lanes } = this;
    const known = this.numbers.get(lanes)!;
    let local = known.get(n);
    if (local === undefined) {
      known.set(n, (local = this.newLocal()));
      const value =
        node.kind === "number"
          ? lanes.number(node.value)
          : lanes.readNumber(localGet(BASE), this.slots.loads[node.load]!);
      this.before.push(...value, ...localSet(local));
    }
    return local;
  }

  private newLocal(): number {
    return FIRST_VECTOR + this.vectors++;
  }
}
