/** A piece of memory that is needed from one step to another, both included. */
export interface Lifetime {
  readonly bytes: number;
  readonly from: number;
  readonly to: number;
}

/** Where pieces of memory lie in one block, and how large that is. */
export interface Layout {
  readonly offsets: readonly number[];
  readonly bytes: number;
  /** The most that is needed at once: no layout is smaller. */
  readonly live: number;
}

/** Every typed array may start here. */
const ALIGNMENT = 8;

/**
 * Lays out pieces of memory so that those that are needed at the same time do not overlap: the largest first, each into the
 * smallest gap that is there for all of its life.
 *
 * Source: Pisarchyk, Lee, "Efficient Memory Management for Deep Neural Net Inference" (2020), greedy by size.
 */
export function layOut(lifetimes: readonly Lifetime[]): Layout {
  const sizes = lifetimes.map(({ bytes }) => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT);
  const order = [...lifetimes.keys()].sort((a, b) => sizes[b]! - sizes[a]! || a - b);
  const offsets = new Array<number>(lifetimes.length).fill(0);
  const placed: number[] = [];
  let bytes = 0;
  for (const i of order) {
    const { from, to } = lifetimes[i]!;
    const others = placed
      .filter((j) => lifetimes[j]!.from <= to && lifetimes[j]!.to >= from)
      .sort((a, b) => offsets[a]! - offsets[b]!);
    let [end, best, gap] = [0, -1, Infinity];
    for (const j of others) {
      const room = offsets[j]! - end;
      if (room >= sizes[i]! && room < gap) [best, gap] = [end, room];
      end = Math.max(end, offsets[j]! + sizes[j]!);
    }
    offsets[i] = best < 0 ? end : best;
    placed.push(i);
    bytes = Math.max(bytes, offsets[i] + sizes[i]!);
  }
  return { offsets, bytes, live: mostAtOnce(lifetimes, sizes) };
}

function mostAtOnce(lifetimes: readonly Lifetime[], sizes: readonly number[]): number {
  const changes = new Map<number, number>();
  const change = (step: number, by: number): void => {
    changes.set(step, (changes.get(step) ?? 0) + by);
  };
  lifetimes.forEach(({ from, to }, i) => {
    change(from, sizes[i]!);
    change(to + 1, -sizes[i]!);
  });
  let [now, most] = [0, 0];
  for (const [, by] of [...changes].sort(([a], [b]) => a - b)) most = Math.max(most, (now += by));
  return most;
}
