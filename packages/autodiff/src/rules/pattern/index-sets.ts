/** So many unions are remembered: neighbours in a tensor often have the same sets. */
const REMEMBERED = 2 ** 10;

/**
 * Sets of whole numbers below `size`, each known by a number: 0 is the empty set and k + 1 the set {k}. Tensors of these
 * numbers say on what every element depends, and moving elements moves numbers.
 */
export class IndexSets {
  private readonly sets: Int32Array[];
  /** Operands and results of unions of late. */
  private readonly left = new Int32Array(REMEMBERED);
  private readonly right = new Int32Array(REMEMBERED);
  private readonly unions = new Int32Array(REMEMBERED);
  private readonly scratch: Int32Array;
  /** Which numbers have been met during the union that `round` counts. */
  private readonly met: Int32Array;
  private round = 0;

  constructor(readonly size: number) {
    this.sets = [new Int32Array(0), ...Array.from({ length: size }, (_, k) => Int32Array.of(k))];
    this.scratch = new Int32Array(size);
    this.met = new Int32Array(size);
  }

  /** The elements of a set, ascending. */
  members(set: number): Int32Array {
    return this.sets[set]!;
  }

  /** The union of two sets. */
  union(a: number, b: number): number {
    if (a === b || b === 0) return a;
    if (a === 0) return b;
    const slot = (a + 31 * b) % REMEMBERED;
    if (this.left[slot] !== a || this.right[slot] !== b) {
      this.unions[slot] = this.merged(a, b);
      this.left[slot] = a;
      this.right[slot] = b;
    }
    return this.unions[slot]!;
  }

  /** The union of any number of sets. */
  unionOf(sets: Iterable<number>): number {
    const distinct = [...new Set(sets)].filter((set) => set !== 0);
    if (distinct.length <= 2) return this.union(distinct[0] ?? 0, distinct[1] ?? 0);
    this.round += 1;
    let count = 0;
    for (const set of distinct) {
      const members = this.sets[set]!;
      if (members.length === this.size) return set;
      for (const member of members) {
        if (this.met[member] === this.round) continue;
        this.met[member] = this.round;
        this.scratch[count++] = member;
      }
    }
    const largest = distinct.find((set) => this.sets[set]!.length === count);
    return largest ?? this.added(this.scratch.slice(0, count).sort());
  }

  private merged(a: number, b: number): number {
    const [x, y] = [this.sets[a]!, this.sets[b]!];
    let [i, j, count] = [0, 0, 0];
    while (i < x.length || j < y.length) {
      const [next, other] = [x[i] ?? Infinity, y[j] ?? Infinity];
      if (next <= other) i++;
      if (other <= next) j++;
      this.scratch[count++] = Math.min(next, other);
    }
    if (count === x.length) return a;
    if (count === y.length) return b;
    return this.added(this.scratch.slice(0, count));
  }

  private added(members: Int32Array): number {
    return this.sets.push(members) - 1;
  }
}
