import { add, astype, mul } from "../ops/elementwise.js";
import { less } from "../ops/compare.js";
import { ShapeError } from "../errors/index.js";
import { argsort } from "../ops/sort.js";
import { take, takeAlongAxis } from "../ops/take.js";
import { checkShape, normalizeAxis, type Shape } from "../shape/index.js";
import { arange } from "../tensor/create.js";
import { asTensor, type Like } from "../tensor/like.js";
import type { Tensor } from "../tensor/tensor.js";
import { bits } from "./bits.js";
import { checkKey } from "./key.js";
import { split } from "./split.js";

/** Options of `permutation`. */
export interface PermutationOptions {
  /** The axis that is shuffled. @defaultValue 0 */
  readonly axis?: number;
  /** Shuffle every vector along the axis by itself, instead of whole slices. @defaultValue false */
  readonly independent?: boolean;
}

/**
 * The slices of x in random order, or, for a whole number n, the numbers 0 .. n - 1 (int32). Differentiable in x.
 *
 * Sorts by random 32-bit numbers, several times over so that ties do no harm: the values of `jax.random.permutation`.
 *
 * @throws ShapeError for a scalar tensor, or an axis out of range
 * @example
 * ```ts
 * random.permutation(random.key(0), 4).sort(); // => [0, 1, 2, 3]
 * ```
 */
export function permutation(key: Tensor, x: Like, options: PermutationOptions = {}): Tensor {
  checkKey(key, "permutation");
  if (typeof x === "number") return shuffledIndices(key, x);
  const input = asTensor(x);
  if (input.ndim === 0) {
    throw new ShapeError(
      "random.permutation: a scalar tensor has no axis to shuffle; a number n shuffles 0 .. n - 1",
    );
  }
  const axis = normalizeAxis(options.axis ?? 0, input.ndim, "random.permutation");
  if (options.independent === true) {
    return sortKeys(key, input.shape).reduce(
      (out, by) => takeAlongAxis(out, argsort(by, { axis }), axis),
      input,
    );
  }
  return take(input, shuffledIndices(key, input.shape[axis]!), axis);
}

function shuffledIndices(key: Tensor, n: number): Tensor {
  checkShape([n], "random.permutation");
  return sortKeys(key, [n]).reduce((out, by) => take(out, argsort(by)), arange(0, n, 1, { dtype: "int32" }));
}

/** A tensor to sort by for each round; ceil(3 log n / log 2^32) rounds leave no bias that could be seen. */
function sortKeys(key: Tensor, shape: Shape): Tensor[] {
  const size = shape.reduce((product, length) => product * length, 1);
  const rounds = Math.ceil((3 * Math.log(Math.max(1, size))) / Math.log(2 ** 32 - 1));
  const keys: Tensor[] = [];
  let current = key;
  for (let round = 0; round < rounds; round++) {
    const [next, sub] = split(current);
    keys.push(unsigned(bits(sub!, shape)));
    current = next!;
  }
  return keys;
}

/** Signed words as the unsigned numbers with the same bits. */
const unsigned = (words: Tensor): Tensor =>
  add(astype(words, "float64"), mul(2 ** 32, astype(less(words, 0), "float64")));
