interface Span {
  readonly offset: number;
  readonly bytes: number;
}

/** Every block begins at a multiple of this: a cache line, so that no vector straddles two. */
const ALIGNMENT = 64;

/**
 * Hands out blocks of a memory that grows at its end and never shrinks: first fit, neighbouring free blocks are joined.
 * There are few blocks, and large ones, so the lists are plain arrays.
 */
export class Heap {
  /** Sorted by offset; no two touch. */
  readonly #free: Span[] = [];
  readonly #taken = new Map<number, number>();
  readonly #grow: (end: number) => boolean;
  #end: number;
  #used = 0;

  /** `grow(end)` makes the memory reach to `end`, or returns false. */
  constructor(start: number, grow: (end: number) => boolean) {
    this.#end = aligned(start);
    this.#grow = grow;
  }

  /** Bytes in blocks. */
  get used(): number {
    return this.#used;
  }

  /** Bytes from the start of the memory to the end of the last block that ever was. */
  get end(): number {
    return this.#end;
  }

  /** The offset of a block, or undefined where there is no more memory. */
  allocate(bytes: number): number | undefined {
    const size = aligned(Math.max(bytes, 1));
    const offset = this.#fromFree(size) ?? this.#fromEnd(size);
    if (offset === undefined) return undefined;
    this.#taken.set(offset, size);
    this.#used += size;
    return offset;
  }

  /** Gives a block back. */
  release(offset: number): void {
    const bytes = this.#taken.get(offset);
    if (bytes === undefined) throw new RangeError(`no block begins at ${offset}`);
    this.#taken.delete(offset);
    this.#used -= bytes;
    let at = this.#free.findIndex((span) => span.offset > offset);
    if (at < 0) at = this.#free.length;
    let span = { offset, bytes };
    const after = this.#free[at];
    if (after?.offset === offset + bytes) {
      span = { offset, bytes: bytes + after.bytes };
      this.#free.splice(at, 1);
    }
    const before = this.#free[at - 1];
    if (before !== undefined && before.offset + before.bytes === offset) {
      span = { offset: before.offset, bytes: before.bytes + span.bytes };
      this.#free.splice(--at, 1);
    }
    this.#free.splice(at, 0, span);
  }

  #fromFree(size: number): number | undefined {
    const at = this.#free.findIndex((span) => span.bytes >= size);
    const span = this.#free[at];
    if (span === undefined) return undefined;
    if (span.bytes === size) this.#free.splice(at, 1);
    else this.#free[at] = { offset: span.offset + size, bytes: span.bytes - size };
    return span.offset;
  }

  /** Grows the memory, using a free block at its end. */
  #fromEnd(size: number): number | undefined {
    const last = this.#free.at(-1);
    const offset = last !== undefined && last.offset + last.bytes === this.#end ? last.offset : this.#end;
    if (!this.#grow(offset + size)) return undefined;
    if (offset !== this.#end) this.#free.pop();
    this.#end = offset + size;
    return offset;
  }
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
