import { Gaps } from "./gaps.js";

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

type Placed = Omit<Layout, "live">;

/** Every typed array may start here. */
const ALIGNMENT = 8;

/**
 * Lays out pieces of memory so that those that are needed at the same time do not overlap: each into the smallest gap that
 * is there for all of its life, the largest first, or in the order of their lives, as needs less.
 *
 * Source: Pisarchyk, Lee, "Efficient Memory Management for Deep Neural Net Inference" (2020).
 */
export function layOut(lifetimes: readonly Lifetime[]): Layout {
  const pieces = lifetimes.map((life) => ({ ...life, bytes: Math.ceil(life.bytes / ALIGNMENT) * ALIGNMENT }));
  const layouts = [byStart(pieces)];
  if (pieces.length <= MOST_BY_SIZE) layouts.push(bySize(pieces));
  const best = layouts.reduce((a, b) => (b.bytes < a.bytes ? b : a));
  return { ...best, live: mostAtOnce(pieces) };
}

/** Time grows as the square of the number of pieces: of more, only the order of their lives is tried. */
const MOST_BY_SIZE = 500;

/** In the order of their lives: the gaps are then those between the pieces that are needed now. */
function byStart(pieces: readonly Lifetime[]): Placed {
  const offsets = new Array<number>(pieces.length).fill(0);
  const numbers = [...pieces.keys()];
  const starts = numbers.toSorted((a, b) => pieces[a]!.from - pieces[b]!.from);
  const ends = numbers.toSorted((a, b) => pieces[a]!.to - pieces[b]!.to);
  const gaps = new Gaps();
  let ended = 0;
  for (const i of starts) {
    for (; pieces[ends[ended]!]!.to < pieces[i]!.from; ended++) {
      gaps.add(offsets[ends[ended]!]!, pieces[ends[ended]!]!.bytes);
    }
    offsets[i] = gaps.take(pieces[i]!.bytes);
  }
  return { offsets, bytes: gaps.end };
}

/** The largest first, each beside those that are needed with it. */
function bySize(pieces: readonly Lifetime[]): Placed {
  const offsets = new Array<number>(pieces.length).fill(0);
  const placed: number[] = [];
  let bytes = 0;
  for (const i of [...pieces.keys()].sort((a, b) => pieces[b]!.bytes - pieces[a]!.bytes)) {
    const piece = pieces[i]!;
    const others = placed
      .filter((j) => pieces[j]!.from <= piece.to && pieces[j]!.to >= piece.from)
      .sort((a, b) => offsets[a]! - offsets[b]!);
    let [end, best, smallest] = [0, -1, Infinity];
    for (const j of others) {
      const gap = offsets[j]! - end;
      if (gap >= piece.bytes && gap < smallest) [best, smallest] = [end, gap];
      end = Math.max(end, offsets[j]! + pieces[j]!.bytes);
    }
    offsets[i] = best < 0 ? end : best;
    placed.push(i);
    bytes = Math.max(bytes, offsets[i] + piece.bytes);
  }
  return { offsets, bytes };
}

function mostAtOnce(pieces: readonly Lifetime[]): number {
  const changes = new Map<number, number>();
  for (const { bytes, from, to } of pieces) {
    changes.set(from, (changes.get(from) ?? 0) + bytes);
    changes.set(to + 1, (changes.get(to + 1) ?? 0) - bytes);
  }
  let [now, most] = [0, 0];
  for (const [, by] of [...changes].sort(([a], [b]) => a - b)) most = Math.max(most, (now += by));
  return most;
}
