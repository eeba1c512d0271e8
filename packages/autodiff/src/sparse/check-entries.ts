import {
  abs,
  add,
  allNumbers,
  bindOne,
  greater,
  matmul,
  max,
  mul,
  sub,
  take,
  Tensor,
} from "@cotangent/core-tensor";
import { scatterAdd } from "@cotangent/core-tensor/primitives";
import { key, normal } from "@cotangent/core-tensor/random";
import { PatternError } from "../errors/errors.js";
import type { Colouring } from "./colouring/colouring.js";
import type { VectorMap } from "./products.js";

/** A matrix A as it was found, entry by entry, and how: by sums of columns of one colour. */
export interface Found {
  readonly map: VectorMap;
  readonly rows: Int32Array;
  readonly columns: Int32Array;
  readonly data: Tensor;
  readonly colouring: Colouring;
  readonly sums: Tensor;
}

/** Products that are compared to learn how large rounding is. */
const TRIALS = 3;

/**
 * Checks the entries that were found on a random vector: A v from them and from the map must be equal to rounding. A
 * pattern that lacks entries, or a matrix that is not symmetric where that was used, does not pass.
 *
 * @returns the number of products that this took
 * @throws PatternError
 */
export function checkEntries({ map, rows, columns, data, colouring, sums }: Found, where: string): number {
  const [m, n] = [map.codomain.shape[0]!, map.domain.shape[0]!];
  if (m === 0 || n === 0) return 0;
  const v = randomVector(n, 0, map.domain);
  const terms = mul(data, take(v, asIndex(columns)));
  const rowSums = (x: Tensor) =>
    bindOne(scatterAdd, [x, asIndex(rows)], { axis: 0, length: m, indexRank: 1 });
  const difference = abs(sub(map.apply(v), rowSums(terms)));
  const scale = rowSums(abs(terms));
  const epsilon = map.codomain.dtype === "float32" ? 2 ** -23 : 2 ** -52;
  const rounding = add(mul(epsilon ** (2 / 3), scale), mul(64 * epsilon, max(scale)));
  if (!allNumbers(greater(difference, rounding), where).some((isLarger) => isLarger === 1)) return 1;
  // Where terms cancelled, rounding may be that large: the map is not quite linear then.
  const { colours, count } = colouring;
  const weights = Array.from({ length: count === 0 ? 0 : TRIALS }, (_, k) =>
    randomVector(count, k + 1, map.domain),
  );
  const noise = weights.map((weight) => {
    const byColour = Float64Array.from(colours, (colour) =>
      colour < 0 ? 0 : allNumbers(weight, where)[colour]!,
    );
    const x = new Tensor([n], "float64", byColour).astype(map.domain.dtype);
    return largest(sub(map.apply(x), matmul(weight, sums)), where);
  });
  if (largest(difference, where) <= 1000 * Math.max(0, ...noise)) return 1 + TRIALS;
  throw new PatternError(
    `${where}: the matrix is not what was found of it: on a random vector its product differs by up to ` +
      `${largest(difference, where).toExponential(1)}. A pattern that was given lacks entries, or a custom rule is ` +
      "wrong (for a Hessian: gives one that is not symmetric). Leave the pattern out to have it found",
  );
}

function largest(x: Tensor, where: string): number {
  let most = 0;
  for (const value of allNumbers(x, where)) most = Math.max(most, Math.abs(value));
  return most;
}

function randomVector(n: number, seed: number, { dtype }: { dtype: Tensor["dtype"] }): Tensor {
  return normal(key(seed), { shape: [n] }).astype(dtype);
}

function asIndex(numbers: Int32Array): Tensor {
  return new Tensor([numbers.length], "int32", numbers);
}
