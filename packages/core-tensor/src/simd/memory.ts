import { Heap } from "./heap.js";

const PAGE = 65536;

/** Modules of one memory keep their constants below this; blocks begin above. */
const START = PAGE;

/** Kernels may read so far beyond the end of a block, into what they do not use. */
const BEYOND = 128;

/** The typed arrays over the whole memory. */
export interface Views {
  readonly float64: Float64Array;
  readonly float32: Float32Array;
  readonly int32: Int32Array;
  readonly bool: Uint8Array;
}

interface Memory {
  readonly memory: WebAssembly.Memory;
  readonly heap: Heap;
}

let one: Memory | undefined;
let current: Views | undefined;

/** The one memory that all kernels work in, so that the result of one is an operand of the next without a copy. */
export function sharedMemory(): Memory {
  if (one !== undefined) return one;
  const memory = new WebAssembly.Memory({ initial: START / PAGE });
  return (one = { memory, heap: new Heap(START, (end) => growTo(memory, end + BEYOND)) });
}

/** Half as much again, at least: growing may copy. */
function growTo(memory: WebAssembly.Memory, end: number): boolean {
  const has = memory.buffer.byteLength;
  if (end <= has) return true;
  for (const target of [Math.max(end, 1.5 * has), end]) {
    try {
      memory.grow(Math.ceil((target - has) / PAGE));
      return true;
    } catch {
      // A RangeError: there is not so much. The next target asks for less, and then the caller does without.
    }
  }
  return false;
}

/** The memory as typed arrays: ask anew after every allocation, because growing detaches the old ones. */
export function views(): Views {
  const { buffer } = sharedMemory().memory;
  if (current?.float64.buffer !== buffer) {
    current = {
      float64: new Float64Array(buffer),
      float32: new Float32Array(buffer),
      int32: new Int32Array(buffer),
      bool: new Uint8Array(buffer),
    };
  }
  return current;
}

/** A block of the memory, or undefined where there is no more. Release it: nothing else does. */
export function allocateBlock(bytes: number): number | undefined {
  return sharedMemory().heap.allocate(bytes);
}

export function releaseBlock(offset: number): void {
  sharedMemory().heap.release(offset);
}

let scratchBlock: { readonly offset: number; readonly bytes: number } | undefined;

/**
 * Room for one operation, valid until the next call: what eager operations copy their operands to. It stays for the next
 * one, so an operation asks once, for all it needs, and works in parts where that would be too much.
 */
export function scratch(bytes: number): number | undefined {
  if (scratchBlock !== undefined && scratchBlock.bytes >= bytes) return scratchBlock.offset;
  if (scratchBlock !== undefined) releaseBlock(scratchBlock.offset);
  scratchBlock = undefined;
  const offset = allocateBlock(bytes);
  if (offset !== undefined) scratchBlock = { offset, bytes };
  return offset;
}
