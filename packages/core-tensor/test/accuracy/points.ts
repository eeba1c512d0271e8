/** Deterministic numbers in [0, 1). */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    let mixed = state ^ (state >>> 15);
    mixed = Math.imul(mixed, 0x2c1b3c6d);
    mixed ^= mixed >>> 12;
    return ((mixed >>> 0) + (mixed & 0xfffff) / 2 ** 20) / 2 ** 32;
  };
}

export type Sampler = (random: () => number) => number;

/** Evenly in [a, b]. */
export const between =
  (a: number, b: number): Sampler =>
  (random) =>
    a + (b - a) * random();

/** |x| from 2^low to 2^high, evenly in the logarithm; of both signs, or positive. */
export const sized =
  (low: number, high: number, signs: "both" | "positive" = "both"): Sampler =>
  (random) => {
    const size = 2 ** (low + (high - low) * random()) * (1 + random() * 1e-3);
    return signs === "both" && random() < 0.5 ? -size : size;
  };

/** At distances from 1 ulp to 1/4 around one of the centers. */
export const around =
  (...centers: readonly number[]): Sampler =>
  (random) => {
    const center = centers[Math.floor(random() * centers.length)]!;
    return center + (random() < 0.5 ? -1 : 1) * 2 ** (-2 - 51 * random()) * Math.max(1, Math.abs(center));
  };
