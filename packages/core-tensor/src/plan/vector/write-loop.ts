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
  storeLane,
  vector,
  type Code,
} from "../../simd/encode/index.js";
import type { SimdFunction } from "../../simd/index.js";
import type { Node, Operation } from "./nodes.js";

/** Elements that a loop goes through at once: a dozen arrays of so many numbers stay in the caches next to the core. */
export const PART = 2048;

/** Numbers that a loop reads: one for every element, of this dtype, or a single one, as float64. */
export interface Load {
  readonly dtype: DType;
  readonly isScalar: boolean;
}

/** A node whose numbers are wanted, as this dtype. */
export interface Store {
  readonly node: number;
  readonly dtype: DType;
}

/** A module whose `run(n, base)` goes through n elements, in slots at fixed distances from `base`. */
export interface VectorLoop {
  readonly code: Uint8Array<ArrayBuffer>;
  readonly functions: readonly SimdFunction[];
  /** Distances from `base` in bytes: where loads are read, and stores are left. */
  readonly loads: readonly number[];
  readonly stores: readonly number[];
  /** All slots together. */
  readonly bytes: number;
}

const [N, BASE, END, FIRST_POINTER, FIRST_VECTOR] = [0, 1, 2, 3, 6];

/** Pointers run through slots of elements of 8, 4 and 1 bytes; each is a local. */
const shifts = { float64: 3, float32: 2, int32: 2, bool: 0 } as const;
const pointers = { float64: FIRST_POINTER, float32: FIRST_POINTER + 1, int32: FIRST_POINTER + 1, bool: 5 };

/**
 * Writes the loop: stages of vector instructions, each one pass over the part, and between them the functions, which run
 * over the part as well. A stage keeps its values in registers; what later stages or functions read goes to a slot.
 */
export function writeLoop(
  nodes: readonly Node[],
  loads: readonly Load[],
  stores: readonly Store[],
): VectorLoop {
  const stages = stagesOf(nodes);
  let bytes = 0;
  /** Vectors of bools and of float32 are read whole, so that a slot has some bytes more. */
  const newSlot = (dtype: DType, count: number): number => {
    const offset = bytes;
    bytes += ((count << shifts[dtype]) + 64) & ~63;
    return offset;
  };
  const loadSlots = loads.map(({ dtype, isScalar }) =>
    isScalar ? newSlot("float64", 1) : newSlot(dtype, PART),
  );
  const isInMemory = (node: Node): boolean =>
    node.kind === "load" && loads[node.load]!.dtype === "float64" && !loads[node.load]!.isScalar;
  const slots = new Map<number, number>();
  const slotOf = (n: number): number => {
    let slot = slots.get(n);
    const node = nodes[n]!;
    slot ??= node.kind === "load" && isInMemory(node) ? loadSlots[node.load]! : newSlot("float64", PART);
    slots.set(n, slot);
    return slot;
  };
  // What must be in memory as float64: operands and results of functions, what a later stage reads, and results.
  nodes.forEach((node, n) => {
    if (node.kind === "function") [node.input, n].forEach(slotOf);
    if (node.kind !== "operation") return;
    for (const input of node.inputs) {
      if (nodes[input]!.kind === "operation" && stages[input]! < stages[n]!) slotOf(input);
    }
  });
  const storeSlots = stores.map(({ node, dtype }) =>
    dtype === "float64" ? slotOf(node) : newSlot(dtype, PART),
  );

  let locals = FIRST_VECTOR;
  const before: number[] = [];
  const hoisted = new Map<number, number>();
  /** Numbers and single elements are the same for all elements: vectors that are made once. */
  const hoist = (n: number): number | undefined => {
    const node = nodes[n]!;
    const isSingle = node.kind === "number" || (node.kind === "load" && loads[node.load]!.isScalar);
    if (!isSingle) return undefined;
    let local = hoisted.get(n);
    if (local === undefined) {
      hoisted.set(n, (local = locals++));
      if (node.kind === "number") before.push(...splat(node.value));
      else before.push(...localGet(BASE), ...at("load64Splat", loadSlots[node.load]!));
      before.push(...localSet(local));
    }
    return local;
  };

  const functions: SimdFunction[] = [];
  const body: number[] = [];
  for (let stage = 0; stage <= Math.max(0, ...stages); stage++) {
    nodes.forEach((node, n) => {
      if (node.kind !== "function" || stages[n] !== stage) return;
      if (!functions.includes(node.name)) functions.push(node.name);
      body.push(...localGet(N), ...plus(BASE, slotOf(node.input)), ...plus(BASE, slotOf(n)));
      body.push(...call(functions.indexOf(node.name)));
    });
    const inside: number[] = [];
    const known = new Map<number, number>();
    const keep = (n: number, code: Code): number => {
      const local = locals++;
      known.set(n, local);
      inside.push(...code, ...localSet(local));
      return local;
    };
    const valueOf = (n: number): Code => {
      const node = nodes[n]!;
      const local = hoist(n) ?? known.get(n) ?? keep(n, read(node, n));
      return localGet(local);
    };
    const read = (node: Node, n: number): Code => {
      if (node.kind !== "load" || isInMemory(node)) {
        return [...localGet(FIRST_POINTER), ...at("load", slotOf(n))];
      }
      const { dtype } = loads[node.load]!;
      return [...localGet(pointers[dtype]), ...readAs(dtype, loadSlots[node.load]!)];
    };
    nodes.forEach((node, n) => {
      if (stages[n] !== stage) return;
      if (node.kind === "operation") keep(n, operate(node.operation, node.inputs.map(valueOf)));
      if (node.kind === "function" || isInMemory(node) || !slots.has(n)) return;
      const value = valueOf(n);
      inside.push(...localGet(FIRST_POINTER), ...value, ...at("store", slotOf(n)));
    });
    stores.forEach(({ node, dtype }, s) => {
      if (stages[node] !== stage || dtype === "float64") return;
      inside.push(...writeAs(dtype, valueOf(node), storeSlots[s]!));
    });
    if (inside.length > 0) body.push(...pass(inside));
  }
  return {
    code: encodeModule({
      imports: functions,
      integers: FIRST_VECTOR - END,
      vectors: locals - FIRST_VECTOR,
      body: [...before, ...shiftedSum(BASE, N, 3), ...localSet(END), ...body],
    }),
    functions,
    loads: loadSlots,
    stores: storeSlots,
    bytes,
  };
}

/** The stage in which the number of a node is there: a function has its result one after its operand. */
function stagesOf(nodes: readonly Node[]): readonly number[] {
  const stages: number[] = [];
  for (const node of nodes) {
    if (node.kind === "operation") stages.push(Math.max(...node.inputs.map((input) => stages[input]!)));
    else stages.push(node.kind === "function" ? stages[node.input]! + 1 : 0);
  }
  return stages;
}

/** One pass over the part, two elements at a time: what it does beyond an odd end is in the slots, and read by nobody. */
function pass(inside: Code): Code {
  const starts = [3, 4, 5].flatMap((pointer) => [...localGet(BASE), ...localSet(pointer)]);
  const steps = [16, 8, 2].flatMap((step, i) => [
    ...plus(FIRST_POINTER + i, step),
    ...localSet(FIRST_POINTER + i),
  ]);
  return [...starts, ...repeatWhileBelow([...inside, ...steps], FIRST_POINTER, END)];
}

/** Two elements of a slot as float64, which holds each of them exactly. */
function readAs(dtype: DType, slot: number): Code {
  switch (dtype) {
    case "float64":
      return at("load", slot);
    case "float32":
      return [...at("load64Zero", slot), ...vector("promote")];
    case "int32":
      return [...at("load64Zero", slot), ...vector("convertS")];
    case "bool":
      return [...at("load8x8U", slot), ...vector("widen16U"), ...vector("convertU")];
  }
}

function writeAs(dtype: DType, value: Code, slot: number): Code {
  const pointer = localGet(pointers[dtype]);
  if (dtype === "float32")
    return [...pointer, ...value, ...vector("demote"), ...storeLane("store64Lane", slot, 0)];
  // Bools are 0 or 1: the first bytes of two 32-bit integers.
  const bytes = [...value, ...vector("truncateU")];
  return [
    ...[...pointer, ...bytes, ...storeLane("store8Lane", slot, 0)],
    ...[...pointer, ...bytes, ...storeLane("store8Lane", slot + 1, 4)],
  ];
}

function operate(operation: Operation, inputs: readonly Code[]): Code {
  const operands = inputs.flat();
  switch (operation) {
    case "copy":
      return operands;
    case "round32":
      return [...operands, ...vector("demote"), ...vector("promote")];
    case "select":
      return [...operands, ...vector("bitselect")];
    case "sign": {
      // 1 with the sign of x where |x| > 0; zeros and NaN are their own signs.
      const one = [...operands, ...splat(-0), ...vector("and"), ...splat(1), ...vector("or")];
      const isOther = [...operands, ...vector("abs"), ...splat(0), ...vector("gt")];
      return [...one, ...operands, ...isOther, ...vector("bitselect")];
    }
    default:
      return [...operands, ...vector(operation)];
  }
}
