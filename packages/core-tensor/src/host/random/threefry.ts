/** Two 32-bit words, as signed integers; only their bits mean something. */
export type Words = readonly [number, number];

const parity = 0x1bd11bda;
const rotations = [
  [13, 15, 26, 6],
  [17, 29, 16, 24],
] as const;

/**
 * Threefry-2x32 with 20 rounds: a keyed bijection of the 64-bit counters, whose values at 0, 1, 2, ... pass for random.
 *
 * Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3" (2011). Every four rounds a part of the key
 * is added: ks = (k0, k1, k0 ^ k1 ^ parity).
 */
function threefry2x32(k0: number, k1: number, c0: number, c1: number, out: Int32Array): void {
  const k2 = k0 ^ k1 ^ parity;
  let x = (c0 + k0) | 0;
  let y = (c1 + k1) | 0;
  let [a, b, c] = [k1, k2, k0];
  for (let group = 0; group < 5; group++) {
    const turns = rotations[group % 2]!;
    for (let round = 0; round < 4; round++) {
      const turn = turns[round]!;
      x = (x + y) | 0;
      y = ((y << turn) | (y >>> (32 - turn))) ^ x;
    }
    x = (x + a) | 0;
    y = (y + b + group + 1) | 0;
    [a, b, c] = [b, c, a];
  }
  out[0] = x;
  out[1] = y;
}

/** Room for one result: whoever reads it does so before the next one. */
const words = new Int32Array(2);

/** The hash of one counter, as a pair: a new key, or 64 bits. */
export function hash([k0, k1]: Words, high: number, low: number): Words {
  threefry2x32(k0, k1, high, low, words);
  return [words[0]!, words[1]!];
}

/** 32 bits of the hash of one counter: its two words combined. */
export function bits([k0, k1]: Words, high: number, low: number): number {
  threefry2x32(k0, k1, high, low, words);
  return words[0]! ^ words[1]!;
}
