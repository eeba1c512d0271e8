import type { TypedArray } from "../dtype/index.js";
import { allocateBlock, releaseBlock, views } from "./memory.js";

/** What is known of an array that came as an operand: how often, and where its copy is. */
interface Entry {
  uses: number;
  /** The number of uses from which on a copy is kept: what is used once is not worth it. */
  worthwhile: number;
  offset: number | undefined;
  readonly bytes: number;
  /** The copies that were used last before and first after this one. */
  older: Entry | undefined;
  newer: Entry | undefined;
}

const reused = new WeakSet<ArrayBufferLike>();

/**
 * Says that numbers in this buffer change: of arrays in it no copies are kept. All others never change. To be said of a new
 * buffer, before anything is computed with it.
 */
export function keepNoCopies(buffer: ArrayBufferLike): void {
  reused.add(buffer);
}

/** Do numbers in this buffer change? */
export function changes(buffer: ArrayBufferLike): boolean {
  return reused.has(buffer);
}

/**
 * Copies of large operands in the kernels' memory, kept for their next use, as long as they take no more than `budget`
 * bytes together; the one used longest ago gives way. One copy takes half of the budget at most, so that both operands of
 * a product have room.
 *
 * An array that is gone gives its memory back soon after, but never inside of a synchronous loop, where no finalizer runs:
 * there the budget alone bounds what is kept.
 */
export class ResidentCopies {
  readonly #budget: number;
  readonly #entries = new WeakMap<TypedArray, Entry>();
  /**
   * The entries with a copy are a chain, from the one used longest ago to the one used last. A `Set`, out of which one is taken
   * and put in again at each use, gets a new table every few uses, and each of them outlives the next collections of garbage.
   */
  #oldest: Entry | undefined;
  #newest: Entry | undefined;
  #count = 0;
  readonly #registry = new FinalizationRegistry<Entry>((entry) => this.#forget(entry));
  #bytes = 0;

  constructor(budget: number) {
    this.#budget = budget;
  }

  /** Number of copies. */
  get count(): number {
    return this.#count;
  }

  /** Bytes of all copies. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * The offset of a copy of an array, or undefined where there is none: before it is worthwhile, which is a number of uses, when
   * it is too large, or when it changes.
   */
  offsetOf(array: Float64Array | Float32Array, worthwhile = 2): number | undefined {
    let entry = this.#entries.get(array);
    if (entry === undefined) {
      if (reused.has(array.buffer)) return undefined;
      const bytes = array.byteLength;
      entry = { uses: 0, worthwhile, offset: undefined, bytes, older: undefined, newer: undefined };
      this.#entries.set(array, entry);
      this.#registry.register(array, entry);
    }
    entry.uses++;
    if (entry.offset === undefined) {
      if (entry.uses < entry.worthwhile || entry.bytes > this.#budget / 2) return undefined;
      return this.#place(array, entry);
    }
    if (entry !== this.#newest) {
      this.#unlink(entry);
      this.#append(entry);
    }
    return entry.offset;
  }

  #place(array: Float64Array | Float32Array, entry: Entry): number | undefined {
    while (this.#oldest !== undefined && this.#bytes + entry.bytes > this.#budget) this.#forget(this.#oldest);
    const offset = allocateBlock(entry.bytes);
    if (offset === undefined) return undefined;
    entry.offset = offset;
    this.#append(entry);
    this.#count += 1;
    this.#bytes += entry.bytes;
    if (array instanceof Float64Array) views().float64.set(array, offset / 8);
    else views().float32.set(array, offset / 4);
    return offset;
  }

  #forget(entry: Entry): void {
    if (entry.offset === undefined) return;
    releaseBlock(entry.offset);
    entry.offset = undefined;
    // A loop over more than fits must not copy at every step: each time it takes twice as many uses.
    entry.uses = 0;
    entry.worthwhile *= 2;
    this.#unlink(entry);
    this.#count -= 1;
    this.#bytes -= entry.bytes;
  }

  #append(entry: Entry): void {
    entry.older = this.#newest;
    if (this.#newest === undefined) this.#oldest = entry;
    else this.#newest.newer = entry;
    this.#newest = entry;
  }

  #unlink(entry: Entry): void {
    const { older, newer } = entry;
    if (older === undefined) this.#oldest = newer;
    else older.newer = newer;
    if (newer === undefined) this.#newest = older;
    else newer.older = older;
    entry.older = undefined;
    entry.newer = undefined;
  }
}

/** The copies of all tensors that are used repeatedly. */
export const residentCopies = new ResidentCopies(256 * 2 ** 20);
