import type { TypedArray } from "../../dtype/index.js";
import { ValueError } from "../../errors/index.js";
import { bits, hash, type Words } from "./threefry.js";
import { normalQuantile } from "./normal-quantile.js";

/** Writes one sample for each of `count` counters: element i depends on the key and on i alone. */
export type Fill = (key: Words, out: TypedArray, from: number, count: number) => void;

const upper = (i: number): number => Math.floor(i / 2 ** 32) | 0;

/** One sample from the two words of every counter from 0. */
function from64(sample: (high: number, low: number) => number): Fill {
  return (key, out, from, count) => {
    for (let i = 0; i < count; i++) {
      const [high, low] = hash(key, upper(i), i | 0);
      out[from + i] = sample(high, low);
    }
  };
}

/** One sample from the 32 bits of every counter from 0. */
function from32(sample: (bits: number) => number): Fill {
  return (key, out, from, count) => {
    for (let i = 0; i < count; i++) out[from + i] = sample(bits(key, upper(i), i | 0));
  };
}

/** Both words, next to each other: 64 bits, or a new key. `count` counts words. */
export const fillWords: Fill = (key, out, from, count) => {
  for (let i = 0; i < count / 2; i++) {
    const words = hash(key, upper(i), i | 0);
    out[from + 2 * i] = words[0];
    out[from + 2 * i + 1] = words[1];
  }
};

/** 32 bits: the two words combined. */
export const fillBits = from32((word) => word);

/** k 2^-52 with the upper 52 of 64 bits. */
export const unitFrom64 = (high: number, low: number): number =>
  (high >>> 0) * 2 ** -32 + (low >>> 12) * 2 ** -52;

/** k 2^-23 with the upper 23 of 32 bits. */
const unitFrom32 = (word: number): number => (word >>> 9) * 2 ** -23;

/** Uniform on the multiples of 2^-52 in [0, 1). */
export const fillUniform64 = from64(unitFrom64);

/** Uniform on the multiples of 2^-23 in [0, 1). */
export const fillUniform32 = from32(unitFrom32);

/** The largest step that keeps -1 + step out of reach of -1: jax samples erfinv on [-1 + step, 1). */
const [step64, step32] = [2 ** -53, 2 ** -24];

/** A standard normal from a uniform v in (-1, 1), by (1 + v) / 2 and (1 - v) / 2, which are exact. */
const normalFrom = (v: number): number => normalQuantile((1 + v) / 2, (1 - v) / 2);

/** One standard normal: what `fillNormal64` gives for the two words. */
export const normalFrom64 = (high: number, low: number): number =>
  normalFrom(2 * unitFrom64(high, low) + (step64 - 1));

export const fillNormal64 = from64(normalFrom64);

export const fillNormal32 = from32((word) => normalFrom(Math.fround(2 * unitFrom32(word) + (step32 - 1))));

/**
 * Whole numbers in [minval, maxval), from 64 bits reduced modulo the span in 32-bit arithmetic as jax.random does:
 * (high mod s) (2^32 mod s) + (low mod s), modulo s. The bias of a value is at most s 2^-32.
 */
export function fillIntegers(minval: number, maxval: number): Fill {
  if (!(maxval > minval)) throw new ValueError("randint: the range is empty");
  const span = maxval - minval;
  const reduce = (x: number) => (span === 2 ** 32 ? x >>> 0 : (x >>> 0) % span);
  const root = reduce(2 ** 16);
  const multiplier = reduce(Math.imul(root, root));
  return (key, out, from, count) => {
    const [ofHigh, ofLow] = [hash(key, 0, 0), hash(key, 0, 1)];
    for (let i = 0; i < count; i++) {
      const [high, low] = [bits(ofHigh, upper(i), i | 0), bits(ofLow, upper(i), i | 0)];
      const offset = reduce(Math.imul(reduce(high), multiplier) + reduce(low));
      out[from + i] = minval + offset;
    }
  };
}
