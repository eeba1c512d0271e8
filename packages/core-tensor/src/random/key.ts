import { DTypeError, ShapeError, ValueError } from "../errors/index.js";
import { formatShape } from "../shape/index.js";
import { Tensor } from "../tensor/tensor.js";

/**
 * The key of a seed: its upper and lower 32 bits. A key is an int32 tensor of shape [2] (the bits of jax's uint32), and
 * the whole state: the same key always gives the same samples, so use each for one purpose and make more with `split`
 * and `fold`.
 *
 * The bits are those of `jax.random.key` (Threefry-2x32, 64-bit seeds).
 *
 * @param seed - a safe whole number, or a bigint from -2^63 to 2^64 - 1
 * @throws ValueError for any other seed
 * @example
 * ```ts
 * const key = random.key(0);
 * random.uniform(key, [3]).shape; // => [3]
 * random.key(-1); // => [-1, -1]
 * ```
 */
export function key(seed: number | bigint): Tensor {
  const whole = typeof seed === "bigint" || Number.isSafeInteger(seed);
  if (!whole || BigInt(seed) < -(2n ** 63n) || BigInt(seed) >= 2n ** 64n) {
    throw new ValueError(
      `random.key: a seed is a safe whole number, or a bigint of 64 bits, got ${String(seed)}`,
    );
  }
  const bits = BigInt.asUintN(64, BigInt(seed));
  const words = [Number(BigInt.asIntN(32, bits >> 32n)), Number(BigInt.asIntN(32, bits))];
  return new Tensor([2], "int32", Int32Array.from(words));
}

/** Refuses what is not one key. */
export function checkKey(candidate: unknown, where: string): asserts candidate is Tensor {
  if (!(candidate instanceof Tensor)) {
    throw new ValueError(`random.${where}: the first argument is a key, made by random.key(seed)`);
  }
  if (candidate.dtype !== "int32") {
    throw new DTypeError(`random.${where}: a key is int32, made by random.key(seed); got ${candidate.dtype}`);
  }
  if (candidate.ndim !== 1 || candidate.shape[0] !== 2) {
    throw new ShapeError(
      `random.${where}: needs one key, of shape [2], got ${formatShape(candidate.shape)}; ` +
        "take one key of several by iterating over them, or map over them",
    );
  }
}
