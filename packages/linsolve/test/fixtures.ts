import { tensor, type Tensor } from "@cotangent/core-tensor";

/** A system with known structure and a known solution. */
export interface Fixture {
  readonly name: string;
  readonly matrix: Tensor;
  readonly symmetric: boolean;
  readonly positiveDefinite: boolean;
  /** What a solve for `rhs` must come to. */
  readonly solvable: boolean;
  /** A bound of the condition number in the 2-norm. */
  readonly condition: number;
  readonly rhs: Float64Array;
}

/** Numbers in (-1, 1) from a seed (a linear congruential generator, not the one of the probes). */
export function numbers(count: number, seed: number): Float64Array {
  let state = BigInt(seed * 7919 + 12345);
  return Float64Array.from({ length: count }, () => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
    return Number(state >> 11n) / 2 ** 52 - 1;
  });
}

const square = (n: number, element: (i: number, j: number) => number): Tensor =>
  tensor(
    Float64Array.from({ length: n * n }, (_, k) => element(Math.floor(k / n), k % n)),
    { shape: [n, n] },
  );

/** Diagonally dominant, not symmetric. */
export function general(n: number, seed = 1): Tensor {
  const values = numbers(n * n, seed);
  return square(n, (i, j) => values[i * n + j]! / Math.max(n, 1) + (i === j ? 1.5 : 0));
}

/** B + B^T with a dominant diagonal, of both signs if indefinite. */
export function symmetric(n: number, indefinite: boolean, seed = 2): Tensor {
  const values = numbers(n * n, seed);
  const sign = (i: number) => (indefinite && i % 2 === 1 ? -1 : 1);
  return square(
    n,
    (i, j) =>
      (values[i * n + j]! + values[j * n + i]!) / (2 * Math.max(n, 1)) + (i === j ? 1.5 * sign(i) : 0),
  );
}

const sizes = [0, 1, 2, 17];
const sound = { solvable: true, condition: 10 };

/** Every method meets every fixture. */
export const fixtures: readonly Fixture[] = [
  ...sizes.flatMap((n): Fixture[] => [
    {
      name: `general ${n}`,
      matrix: general(n),
      symmetric: n < 2,
      positiveDefinite: n < 2,
      ...sound,
      rhs: numbers(n, 3),
    },
    {
      name: `positive definite ${n}`,
      matrix: symmetric(n, false),
      symmetric: true,
      positiveDefinite: true,
      ...sound,
      rhs: numbers(n, 4),
    },
  ]),
  ...[2, 17].map((n): Fixture => ({
    name: `indefinite ${n}`,
    matrix: symmetric(n, true),
    symmetric: true,
    positiveDefinite: false,
    ...sound,
    rhs: numbers(n, 5),
  })),
  {
    name: "in other units",
    matrix: symmetric(17, false).mul(1e-150),
    symmetric: true,
    positiveDefinite: true,
    ...sound,
    rhs: numbers(17, 6).map((x) => x * 1e120),
  },
  {
    name: "badly scaled rows",
    matrix: general(2).mul(tensor([[1e-3], [1e3]])),
    symmetric: false,
    positiveDefinite: false,
    solvable: true,
    condition: 1e7,
    rhs: Float64Array.of(1e-3, 1e3),
  },
  {
    name: "singular, no solution",
    matrix: tensor([
      [1, 2, 3],
      [2, 4, 6],
      [3, 6, 9],
    ]),
    symmetric: true,
    positiveDefinite: false,
    solvable: false,
    condition: Infinity,
    rhs: Float64Array.of(1, -1, 2),
  },
  {
    name: "singular, not symmetric, no solution",
    matrix: tensor([
      [1, 2, 3],
      [4, 5, 6],
      [5, 7, 9],
    ]),
    symmetric: false,
    positiveDefinite: false,
    solvable: false,
    condition: Infinity,
    rhs: Float64Array.of(1, 1, -2),
  },
  {
    name: "zero matrix",
    matrix: tensor([
      [0, 0],
      [0, 0],
    ]),
    symmetric: true,
    positiveDefinite: false,
    solvable: false,
    condition: Infinity,
    rhs: Float64Array.of(1, 1),
  },
  {
    name: "NaN in the matrix",
    matrix: tensor([
      [2, NaN],
      [0, 2],
    ]),
    symmetric: false,
    positiveDefinite: false,
    solvable: false,
    condition: Infinity,
    rhs: Float64Array.of(1, 1),
  },
  {
    name: "NaN in the right-hand side",
    matrix: general(2),
    symmetric: false,
    positiveDefinite: false,
    solvable: false,
    condition: 10,
    rhs: Float64Array.of(1, NaN),
  },
];
