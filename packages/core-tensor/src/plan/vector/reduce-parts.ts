import { BLOCK } from "../../kernels/reduce.js";
import { products, views } from "../../simd/index.js";
import type { Parts } from "./parts.js";

/** Reduces a value part by part; `at` and `x` are where its own memory and the elements of the part begin, in bytes. */
export interface Reducer {
  /** Bytes of memory that it needs. */
  readonly bytes: number;
  readonly begin: (at: number) => void;
  /** Takes in `now` outer ones, of each the terms from `from` to `from + terms`. */
  readonly take: (at: number, x: number, now: number, from: number, terms: number) => void;
  /** Leaves the results, of `now` outer ones, at out[start]. */
  readonly end: (at: number, now: number, out: Float64Array, start: number) => void;
}

/** The reducer of a kind; undefined where there are no kernels. */
export function reducerOf(kind: "sum" | "max" | "min", parts: Parts): Reducer | undefined {
  const { length, inner, terms } = parts;
  if (kind !== "sum") return extremum(kind, parts);
  const kernels = products.kernels();
  if (kernels === undefined) return undefined;
  return terms % BLOCK === 0 || terms === length ? sumOfBlocks(kernels, parts) : sumOfRows(kernels, inner);
}

type Kernels = NonNullable<ReturnType<typeof products.kernels>>;

/** Parts of whole blocks: the kernel of `sum` goes on from part to part. */
function sumOfBlocks({ sum64, sumWork }: Kernels, { inner, together }: Parts): Reducer {
  const room = 8 * together * inner;
  return {
    bytes: room + sumWork(),
    begin: (at) => views().float64.fill(0, at / 8, (at + room) / 8),
    take: (at, x, now, _, terms) => {
      sum64(now, terms, inner, x, at, at + room);
    },
    end: (at, now, out, start) => {
      handOut(at, now * inner, out, start);
    },
  };
}

/** Blocks of whole parts: rows are added one by one, by a product with ones, and put away at the end of a block. */
function sumOfRows({ columns64 }: Kernels, inner: number): Reducer {
  const room = 8 * inner;
  return {
    bytes: 2 * room + 8 * BLOCK,
    begin: (at) => {
      const { float64 } = views();
      float64.fill(0, at / 8, at / 8 + 2 * inner);
      float64.fill(1, at / 8 + 2 * inner, at / 8 + 2 * inner + BLOCK);
    },
    take: (at, x, _, from, terms) => {
      columns64(inner, terms, x, room, at + 2 * room, 8, at + room);
      if ((from + terms) % BLOCK !== 0) return;
      const { float64 } = views();
      const [total, part] = [at / 8, at / 8 + inner];
      for (let i = 0; i < inner; i++) float64[total + i]! += float64[part + i]!;
      float64.fill(0, part, part + inner);
    },
    end: (at, _, out, start) => {
      const { float64 } = views();
      const [total, part] = [at / 8, at / 8 + inner];
      for (let i = 0; i < inner; i++) out[start + i] = float64[total + i]! + float64[part + i]!;
    },
  };
}

/** The order of a maximum does not matter, not even with NaN and zeros of both signs. */
function extremum(kind: "max" | "min", { together, inner }: Parts): Reducer {
  const room = 8 * together * inner;
  const most = kind === "max" ? mostOf : leastOf;
  return {
    bytes: room,
    begin: (at) => views().float64.fill(kind === "max" ? -Infinity : Infinity, at / 8, (at + room) / 8),
    take: (at, x, now, _, terms) => {
      const { float64 } = views();
      for (let o = 0; o < now; o++) {
        const to = at / 8 + o * inner;
        const first = x / 8 + o * terms * inner;
        for (let i = 0; i < inner; i++) {
          float64[to + i] = most(float64[to + i]!, float64, first + i, terms, inner);
        }
      }
    },
    end: (at, now, out, start) => {
      handOut(at, now * inner, out, start);
    },
  };
}

function mostOf(most: number, x: Float64Array, first: number, count: number, step: number): number {
  for (let k = 0; k < count; k++) most = Math.max(most, x[first + k * step]!);
  return most;
}

function leastOf(least: number, x: Float64Array, first: number, count: number, step: number): number {
  for (let k = 0; k < count; k++) least = Math.min(least, x[first + k * step]!);
  return least;
}

function handOut(at: number, count: number, out: Float64Array, start: number): void {
  const { float64 } = views();
  // A view costs more than a few numbers.
  if (count > 16) out.set(float64.subarray(at / 8, at / 8 + count), start);
  else for (let i = 0; i < count; i++) out[start + i] = float64[at / 8 + i]!;
}
