import {
  abs,
  add,
  allNumbers,
  any,
  bindOne,
  checkNumbers,
  greater,
  matmul,
  max,
  maximum,
  mul,
  sub,
  take,
  Tensor,
  where as whereOf,
  zeros,
} from "@cotangent/core-tensor";
import { scatterAdd } from "@cotangent/core-tensor/primitives";
import { key, normal } from "@cotangent/core-tensor/random";
import { cond } from "../control/cond.js";
import { PatternError } from "../errors/errors.js";
import { isRecorded } from "../opaque/opaque.js";
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
  if (isRecorded([difference])) {
    checkLater({ map, colouring, sums, difference, rounding }, where);
    return 1;
  }
  if (!allNumbers(greater(difference, rounding), where).some((isLarger) => isLarger === 1)) return 1;
  // Where terms cancelled, rounding may be that large: the map is not quite linear then.
  const noise = trialsOf(map, colouring, sums, where).map((x) => largest(x, where));
  if (largest(difference, where) <= 1000 * Math.max(0, ...noise)) return 1 + TRIALS;
  throw notAsFound(largest(difference, where), where);
}

/** What the products of sums of columns that were found differ by from those of the map: rounding. */
function trialsOf(
  { domain, apply }: VectorMap,
  { colours, count }: Colouring,
  sums: Tensor,
  where: string,
): Tensor[] {
  return Array.from({ length: count === 0 ? 0 : TRIALS }, (_, k) => {
    const weight = randomVector(count, k + 1, domain);
    const byColour = Float64Array.from(colours, (colour) =>
      colour < 0 ? 0 : allNumbers(weight, where)[colour]!,
    );
    const x = new Tensor([colours.length], "float64", byColour).astype(domain.dtype);
    return sub(apply(x), matmul(weight, sums));
  });
}

interface Doubtful extends Pick<Found, "map" | "colouring" | "sums"> {
  readonly difference: Tensor;
  readonly rounding: Tensor;
}

/** The same inside of `jit`, as lines of the program. The trials are a branch: they run where the difference is large. */
function checkLater({ map, colouring, sums, difference, rounding }: Doubtful, where: string): void {
  const excess = cond(
    any(greater(difference, rounding)),
    (unseen: Tensor) => {
      const noise = trialsOf(map, colouring, sums, where).map((x) => max(abs(x)));
      const bound = mul(1000, noise.reduce(maximum, unseen));
      return whereOf(greater(max(difference), bound), max(difference), unseen);
    },
    (unseen: Tensor) => unseen,
    zeros([], { dtype: difference.dtype }),
  );
  checkNumbers(excess, where, (numbers) => {
    const most = Math.max(...numbers);
    if (most > 0) throw notAsFound(most, where);
  });
}

function notAsFound(difference: number, where: string): PatternError {
  return new PatternError(
    `${where}: the matrix is not what was found of it: on a random vector its product differs by up to ` +
      `${difference.toExponential(1)}. A pattern that was given lacks entries, or a custom rule is ` +
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
