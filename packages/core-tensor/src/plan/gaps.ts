/** The pieces of a growing block of memory that are free: sorted by their starts, no two touch. */
export class Gaps {
  private readonly starts: number[] = [];
  private readonly sizes: number[] = [];
  /** Where the block ends. */
  end = 0;

  /** Takes a piece out of the smallest gap that is large enough, or from the end of the block; returns its start. */
  take(bytes: number): number {
    const { starts, sizes } = this;
    let best = -1;
    for (let i = 0; i < sizes.length; i++) {
      if (sizes[i]! >= bytes && (best < 0 || sizes[i]! < sizes[best]!)) best = i;
    }
    if (best < 0) {
      // A gap at the end is made larger.
      const last = sizes.length - 1;
      const isOpen = last >= 0 && starts[last]! + sizes[last]! === this.end;
      const start = isOpen ? starts[last]! : this.end;
      if (isOpen) this.remove(last);
      this.end = start + bytes;
      return start;
    }
    const start = starts[best]!;
    if (sizes[best] === bytes) this.remove(best);
    else {
      starts[best]! += bytes;
      sizes[best]! -= bytes;
    }
    return start;
  }

  /** Gives a piece back: it is joined with its neighbours. */
  add(start: number, bytes: number): void {
    if (bytes === 0) return;
    const { starts, sizes } = this;
    const at = starts.findLastIndex((other) => other < start) + 1;
    starts.splice(at, 0, start);
    sizes.splice(at, 0, bytes);
    if (starts[at + 1] === start + bytes) this.join(at);
    if (at > 0 && starts[at - 1]! + sizes[at - 1]! === start) this.join(at - 1);
  }

  private join(at: number): void {
    this.sizes[at]! += this.sizes[at + 1]!;
    this.remove(at + 1);
  }

  private remove(at: number): void {
    this.starts.splice(at, 1);
    this.sizes.splice(at, 1);
  }
}
