import { ValueError } from "../../errors/index.js";
import { threefry2x32, type Words } from "./threefry.js";
import { normalQuantile } from "./normal-quantile.js";

/** Writes one sample for each of `count` counters: element i depends on the key and on i alone. */
export type Fill<A> = (key: Words, out: A, from: number, count: number) => void;

/** Calls `visit` with the two words of every counter from 0. */
function eachCounter(
  [k0, k1]: Words,
  count: number,
  visit: (i: number, high: number, low: number) => void,
): void {
  const words = new Int32Array(2);
  for (let i = 0; i < count; i++) {
    threefry2x32(k0, k1, Math.floor(i / 2 ** 32) | 0, i | 0, words);
    visit(i, words[0]!, words[1]!);
  }
}

/** Both words, next to each other: 64 bits, or a new key. `count` counts words. */
export const fillWords: Fill<Int32Array> = ([k0, k1], out, from, count) => {
  for (let i = 0; i < count / 2; i++) {
    threefry2x32(k0, k1, Math.floor(i / 2 ** 32) | 0, i | 0, out, from + 2 * i);
  }
};

/** 32 bits: the two words combined. */
export const fillBits: Fill<Int32Array> = (key, out, from, count) => {
  eachCounter(key, count, (i, high, low) => {
    out[from + i] = high ^ low;
  });
};

/** k 2^-52 with the upper 52 of 64 bits. */
export const unitFrom64 = (high: number, low: number): number =>
  (high >>> 0) * 2 ** -32 + (low >>> 12) * 2 ** -52;

/** k 2^-23 with the upper 23 of 32 bits. */
const unitFrom32 = (high: number, low: number): number => ((high ^ low) >>> 9) * 2 ** -23;

/** Uniform on the multiples of 2^-52 in [0, 1). */
export const fillUniform64: Fill<Float64Array> = (key, out, from, count) => {
  eachCounter(key, count, (i, high, low) => {
    out[from + i] = unitFrom64(high, low);
  });
};

/** Uniform on the multiples of 2^-23 in [0, 1). */
export const fillUniform32: Fill<Float32Array> = (key, out, from, count) => {
  eachCounter(key, count, (i, high, low) => {
    out[from + i] = unitFrom32(high, low);
  });
};

/** The largest step that keeps -1 + step out of reach of -1: jax samples erfinv on [-1 + step, 1). */
const [step64, step32] = [2 ** -53, 2 ** -24];

/** A standard normal from a uniform v in (-1, 1), by (1 + v) / 2 and (1 - v) / 2, which are exact. */
const normalFrom = (v: number): number => normalQuantile((1 + v) / 2, (1 - v) / 2);

/** One standard normal: what `fillNormal64` gives for the two words. */
export const normalFrom64 = (high: number, low: number): number =>
  normalFrom(2 * unitFrom64(high, low) + (step64 - 1));

export const fillNormal64: Fill<Float64Array> = (key, out, from, count) => {
  eachCounter(key, count, (i, high, low) => {
    out[from + i] = normalFrom64(high, low);
  });
};

export const fillNormal32: Fill<Float32Array> = (key, out, from, count) => {
  eachCounter(key, count, (i, high, low) => {
    out[from + i] = normalFrom(Math.fround(2 * unitFrom32(high, low) + (step32 - 1)));
  });
};

/**
 * Whole numbers in [minval, maxval), from 64 bits reduced modulo the span in 32-bit arithmetic as jax.random does:
 * (high mod s) (2^32 mod s) + (low mod s), modulo s. The bias of a value is at most s 2^-32.
 */
export function fillIntegers(minval: number, maxval: number): Fill<Int32Array> {
  if (!(maxval > minval)) throw new ValueError("randint: the range is empty");
  const span = maxval - minval;
  const reduce = (x: number) => (span === 2 ** 32 ? x >>> 0 : (x >>> 0) % span);
  const root = reduce(2 ** 16);
  const multiplier = reduce(Math.imul(root, root));
  return (key, out, from, count) => {
    const keys = new Int32Array(4);
    fillWords(key, keys, 0, 4);
    const [high, low] = [new Int32Array(count), new Int32Array(count)];
    fillBits([keys[0]!, keys[1]!], high, 0, count);
    fillBits([keys[2]!, keys[3]!], low, 0, count);
    for (let i = 0; i < count; i++) {
      const offset = reduce(Math.imul(reduce(high[i]!), multiplier) + reduce(low[i]!));
      out[from + i] = minval + offset;
    }
  };
}
