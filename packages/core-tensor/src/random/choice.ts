import { ShapeError, ValueError } from "../errors/index.js";
import { add, log, neg } from "../ops/elementwise.js";
import { reshape } from "../ops/shape.js";
import { slice } from "../ops/slice.js";
import { argsort } from "../ops/sort.js";
import { take } from "../ops/take.js";
import { checkShape, formatShape, normalizeAxis, sizeOf, type Shape } from "../shape/index.js";
import { hostArray } from "../tensor/host-array.js";
import { asTensor, type Like } from "../tensor/like.js";
import { Tensor } from "../tensor/tensor.js";
import { gumbel } from "./gumbel.js";
import { checkKey } from "./key.js";
import { optionsOf, type ShapeOptions } from "./options.js";
import { permutation } from "./permutation.js";
import { randint } from "./randint.js";
import { uniform } from "./uniform.js";

/** Options of `choice`. */
export interface ChoiceOptions extends ShapeOptions {
  /** May a slice be drawn twice? @defaultValue true */
  readonly replace?: boolean;
  /** Probabilities, one for each slice; they are scaled to sum to 1. @defaultValue all the same */
  readonly p?: Like;
  /** The axis that is drawn from. @defaultValue 0 */
  readonly axis?: number;
}

/**
 * Random slices of a, or, for a whole number n, of the numbers 0 .. n - 1 (int32). The shape of the draws takes the place
 * of the axis. Differentiable in a, not in p.
 *
 * With equal probabilities `randint`, or without replacement the front of a `permutation`; with p the inverse of the
 * cumulative sum, or without replacement the largest log p + Gumbel noise. As `jax.random.choice` with int32 indices.
 *
 * @throws ValueError when there is nothing to draw from, or not enough of it without replacement; for negative p
 * @throws ShapeError when p has not one number for each slice
 * @example
 * ```ts
 * random.choice(random.key(0), [[1, 2], [3, 4]], [5]).shape; // => [5, 2]
 * random.choice(random.key(0), 3, { shape: [3], replace: false }).sort(); // => [0, 1, 2]
 * ```
 */
export function choice(key: Tensor, a: Like, options: Shape | ChoiceOptions = {}): Tensor {
  checkKey(key, "choice");
  const { shape = [], replace = true, p, axis = 0 } = optionsOf<ChoiceOptions>(options);
  checkShape(shape, "random.choice");
  if (typeof a === "number") {
    checkShape([a], "random.choice");
    return drawIndices(key, a, shape, replace, p);
  }
  const input = asTensor(a);
  if (input.ndim === 0) throw new ShapeError("random.choice: a scalar tensor has no axis to draw from");
  const along = normalizeAxis(axis, input.ndim, "random.choice");
  return take(input, drawIndices(key, input.shape[along]!, shape, replace, p), along);
}

function drawIndices(key: Tensor, n: number, shape: Shape, replace: boolean, p: Like | undefined): Tensor {
  const draws = sizeOf(shape);
  const weights = p === undefined ? undefined : weightsOf(p, n);
  if (draws === 0) return new Tensor(shape, "int32", new Int32Array(0));
  const available = weights === undefined ? n : weights.filter((w) => w > 0).length;
  if (available === 0 || (!replace && draws > available)) {
    throw new ValueError(
      `random.choice: cannot draw ${String(draws)} of ${String(available)}${replace ? "" : " without replacement"}`,
    );
  }
  if (replace) {
    return weights === undefined ? randint(key, 0, n, shape) : inverseCumulative(key, weights, shape);
  }
  const order =
    weights === undefined
      ? permutation(key, n)
      : argsort(neg(add(gumbel(key, [n]), log(new Tensor([n], "float64", weights)))));
  return reshape(slice(order, [0, draws]), shape);
}

function weightsOf(p: Like, n: number): Float64Array {
  const given = asTensor(p);
  if (given.ndim !== 1 || given.shape[0] !== n) {
    throw new ShapeError(
      `random.choice: p needs one number for each of ${String(n)}, got shape ${formatShape(given.shape)}`,
    );
  }
  const weights = Float64Array.from(hostArray(given, "random.choice"));
  if (!weights.every((w) => w >= 0 && w < Infinity)) {
    throw new ValueError("random.choice: p must be finite and not negative");
  }
  return weights;
}

/** The first index whose cumulative sum reaches r, for r uniform in (0, total]. */
function inverseCumulative(key: Tensor, weights: Float64Array, shape: Shape): Tensor {
  let total = 0;
  const cumulative = weights.map((w) => (total += w));
  const u = hostArray(uniform(key, shape), "random.choice");
  const indices = Int32Array.from(u, (v) => {
    const r = total * (1 - v);
    let [from, to] = [0, cumulative.length - 1];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (cumulative[middle]! < r) from = middle + 1;
      else to = middle;
    }
    return from;
  });
  return new Tensor(shape, "int32", indices);
}
