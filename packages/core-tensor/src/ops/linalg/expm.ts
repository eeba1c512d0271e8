import { ValueError } from "../../errors/index.js";
import { checkNumbers, knownNumbers } from "../../tensor/host-array.js";
import type { Like } from "../../tensor/like.js";
import { provide } from "../../tensor/methods/provided.js";
import type { Tensor } from "../../tensor/tensor.js";
import { ceil } from "../arithmetic.js";
import { greater, isFinite, logicalAnd } from "../compare.js";
import { abs, add, div, log, mul, pow, sub, where } from "../elementwise.js";
import { square } from "../linalg.js";
import { matmul } from "../products.js";
import { promoteFloats } from "../promote.js";
import { max, sum } from "../reduce.js";
import { reshape } from "../shape.js";
import { stopGradient } from "../stop-gradient.js";
import { identityLike } from "./inverse.js";
import { solve } from "./solve.js";

/** Coefficients of the diagonal Pade approximant of degree 13, constant first (Higham 2005, Table 2.3). */
const PADE = [
  64764752532480000, 32382376266240000, 7771770303897600, 1187353796428800, 129060195264000, 10559470521600,
  670442572800, 33522128640, 1323241920, 40840800, 960960, 16380, 182, 1,
];
/**
 * The norm up to which the approximant is good to rounding is 5.4 for the value and 4.7 for its derivative (Al-Mohy &
 * Higham 2009, "Computing the Frechet derivative of the matrix exponential", Table 6.1); a power of two below both.
 */
const RADIUS = 4;
/** The number of squarings inside of jit: for norms up to 4 * 2^16 */
const MOST = 16;

/**
 * The matrix exponential I + A + A^2 / 2 + ... of [..., n, n], by scaling and squaring: e^A = (r(A / 2^s))^(2^s) with the
 * Pade approximant r of degree 13 (Higham 2005, "The scaling and squaring method for the matrix exponential revisited").
 * Derivatives go through the same operations and are as accurate. Inside of `jit`, where norms are not known, 16 squarings
 * are done for all matrices.
 *
 * @throws ShapeError for matrices that are not square
 * @throws ValueError inside of `jit`, for a norm above 2^18
 * @example
 * ```ts
 * linalg.expm([[0, 1], [0, 0]]); // => [[1, 1],\n [0, 1]]
 * ```
 */
export function expm(a: Like): Tensor {
  const matrix = square(promoteFloats([a])[0]!, "linalg.expm");
  if (matrix.size === 0) return matrix;
  const batch = matrix.shape.slice(0, -2);
  const norm = max(sum(abs(stopGradient(matrix)), { axis: -2 }), { axis: -1 });
  const large = where(logicalAnd(greater(norm, RADIUS), isFinite(norm)), norm, RADIUS);
  const squarings = ceil(div(log(div(large, RADIUS)), Math.LN2));
  const perMatrix = reshape(squarings, [...batch, 1, 1]);
  let result = approximant(div(matrix, pow(2, perMatrix)));
  const most = mostOf(squarings);
  for (let step = 0; step < most; step++) {
    result = where(greater(perMatrix, step), matmul(result, result), result);
  }
  return result;
}

/** How many squarings are done. While the norms are not known, as many as may be needed. */
function mostOf(squarings: Tensor): number {
  const numbers = knownNumbers(squarings, "linalg.expm");
  if (numbers !== undefined) return Array.from(numbers).reduce((x, y) => Math.max(x, y), 0);
  checkNumbers(squarings, "linalg.expm", (later) => {
    if (later.every((number) => number <= MOST)) return;
    throw new ValueError(
      `linalg.expm: inside of jit the matrix may have a norm of at most ${String(RADIUS * 2 ** MOST)}; leave this part ` +
        "outside of jit, or scale the matrix",
    );
  });
  return MOST;
}

/** r(A) = (V - U)^-1 (V + U), U the odd and V the even part, with six products (Higham 2005, eq. 2.10) */
function approximant(a: Tensor): Tensor {
  const identity = identityLike(a);
  const a2 = matmul(a, a);
  const a4 = matmul(a2, a2);
  const a6 = matmul(a4, a2);
  const combine = (first: number, ...powers: readonly Tensor[]) =>
    powers.map((power, i) => mul(PADE[first + 2 * i]!, power)).reduce((x, y) => add(x, y));
  const u = matmul(a, add(matmul(a6, combine(9, a2, a4, a6)), combine(1, identity, a2, a4, a6)));
  const v = add(matmul(a6, combine(8, a2, a4, a6)), combine(0, identity, a2, a4, a6));
  return solve(sub(v, u), add(v, u));
}

provide({ expm });
