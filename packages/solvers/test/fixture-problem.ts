import { tensor, type Tensor } from "@cotangent/core-tensor";
import type { SolverOptions } from "@cotangent/solvers";

/** A problem with one parameter, its solution and derivative, from the fixtures. */
export interface FixtureProblem {
  readonly name: string;
  readonly theta: Tensor;
  /** theta -> the answer that the fixture lists */
  readonly solve: (theta: Tensor, options?: Pick<SolverOptions<unknown>, "adjoint" | "tolerance">) => Tensor;
  readonly answer: Tensor;
  /** answer.shape + theta.shape */
  readonly derivative: Tensor;
  /** Relative, of the derivative. */
  readonly accuracy: number;
}

/** From the numbers of a fixture. */
export function problem(
  name: string,
  theta: number | number[],
  answer: number | number[] | number[][],
  derivative: number | number[] | number[][],
  solve: FixtureProblem["solve"],
  accuracy = 1e-8,
): FixtureProblem {
  return {
    name,
    theta: tensor(theta),
    solve,
    answer: tensor(answer),
    derivative: tensor(derivative),
    accuracy,
  };
}
