import type { Tensor } from "@cotangent/core-tensor";

/** Random numbers in [0, 1) from a seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of ±1/8, ..., ±1 for every element: random, but readable, and never zero. */
export function randomDirection(xs: readonly Tensor[], random: () => number): Float64Array {
  const size = xs.reduce((total, x) => total + x.size, 0);
  return Float64Array.from(
    { length: size },
    () => ((random() < 0.5 ? -1 : 1) * Math.ceil(8 * random() + 2 ** -40)) / 8,
  );
}

/**
 * A random cotangent in which elements of very different size weigh the same: divided by the size of the element of the
 * value (of its tensor where it is zero), rounded to a power of two and at least 2^-20 of that of its tensor.
 */
export function randomCotangent(ys: readonly Tensor[], random: () => number): Float64Array {
  const scales = scalesOf(ys);
  const values = ys.flatMap((y) => Array.from(y.toTypedArray()));
  return randomDirection(ys, random).map((u, i) => {
    const size = Math.max(Math.abs(values[i]!) || scales[i]!, scales[i]! * 2 ** -20);
    return u * 2 ** -Math.round(Math.log2(size));
  });
}

/**
 * For every element the root mean square of its tensor (1 for a tensor of zeros), the natural unit of a step; as a power
 * of two, so that scaled directions stay readable.
 */
export function scalesOf(xs: readonly Tensor[]): Float64Array {
  return Float64Array.from(
    xs.flatMap((x) => {
      const numbers = Array.from(x.toTypedArray());
      const largest = numbers.reduce((m, value) => Math.max(m, Math.abs(value)), 0);
      const squares = numbers.reduce((total, value) => total + (value / largest) ** 2, 0);
      const size = largest === 0 ? 1 : largest * Math.sqrt(squares / numbers.length);
      return numbers.map(() => 2 ** Math.round(Math.log2(size)));
    }),
  );
}

/** The smallest part of a failing direction that still fails, found by halving its support; of length 1 if it can. */
export function smallestFailing<F>(
  direction: Float64Array,
  fails: (direction: Float64Array) => F | undefined,
): { readonly direction: Float64Array; readonly failure: F } | undefined {
  const failure = fails(direction);
  if (failure === undefined) return undefined;
  const support = [...direction.keys()].filter((i) => direction[i] !== 0);
  const middle = support.length >> 1;
  for (const half of support.length > 1 ? [support.slice(0, middle), support.slice(middle)] : []) {
    const kept = new Set(half);
    const smaller = smallestFailing(
      direction.map((value, i) => (kept.has(i) ? value : 0)),
      fails,
    );
    if (smaller !== undefined) return smaller;
  }
  if (support.length === 1) {
    const unit = direction.map(Math.abs).map(Math.ceil);
    const simple = fails(unit);
    if (simple !== undefined) return { direction: unit, failure: simple };
  }
  return { direction, failure };
}
