import type { TypedArray } from "../dtype/index.js";
import { allocateBlock, releaseBlock, views } from "./memory.js";

/** What is known of an array that came as an operand: how often, and where its copy is. */
interface Entry {
  uses: number;
  /** The number of uses from which on a copy is kept: what is used once is not worth it. */
  worthwhile: number;
  offset: number | undefined;
  /** When it was used last: the number of uses of all arrays until then. */
  last: number;
  readonly bytes: number;
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
  /** The entries with a copy. */
  readonly #kept = new Set<Entry>();
  readonly #registry = new FinalizationRegistry<Entry>((entry) => this.#forget(entry));
  #bytes = 0;
  #uses = 0;

  constructor(budget: number) {
    this.#budget = budget;
  }

  /** Number of copies. */
  get count(): number {
    return this.#kept.size;
  }

  /** Bytes of all copies. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * The offset of a copy of an array, or undefined where there is none: at its first use, when it is too large, or when it
   * changes.
   */
  offsetOf(array: Float64Array | Float32Array): number | undefined {
    let entry = this.#entries.get(array);
    if (entry === undefined) {
      if (reused.has(array.buffer)) return undefined;
      entry = { uses: 0, worthwhile: 2, offset: undefined, last: 0, bytes: array.byteLength };
      this.#entries.set(array, entry);
      this.#registry.register(array, entry);
    }
    entry.uses++;
    entry.last = ++this.#uses;
    if (entry.offset !== undefined) return entry.offset;
    if (entry.uses < entry.worthwhile || entry.bytes > this.#budget / 2) return undefined;
    return this.#place(array, entry);
  }

  #place(array: Float64Array | Float32Array, entry: Entry): number | undefined {
    while (this.#bytes + entry.bytes > this.#budget) this.#forget(this.#oldest());
    const offset = allocateBlock(entry.bytes);
    if (offset === undefined) return undefined;
    entry.offset = offset;
    this.#kept.add(entry);
    this.#bytes += entry.bytes;
    if (array instanceof Float64Array) views().float64.set(array, offset / 8);
    else views().float32.set(array, offset / 4);
    return offset;
  }

  /** The copy that was used longest ago. Looked for where one must give way, which is seldom; each use only counts. */
  #oldest(): Entry {
    return [...this.#kept].reduce((one, other) => (other.last < one.last ? other : one));
  }

  #forget(entry: Entry): void {
    if (entry.offset === undefined) return;
    releaseBlock(entry.offset);
    entry.offset = undefined;
    // A loop over more than fits must not copy at every step: each time it takes twice as many uses.
    entry.uses = 0;
    entry.worthwhile *= 2;
    this.#kept.delete(entry);
    this.#bytes -= entry.bytes;
  }
}

/** The copies of all tensors that are used repeatedly. */
export const residentCopies = new ResidentCopies(256 * 2 ** 20);
