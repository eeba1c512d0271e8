import { valueAndGrad } from "@cotangent/autodiff";
import type { Tensor } from "@cotangent/core-tensor";
import { unroll } from "@cotangent/implicit";
import type { Bilevel } from "./bilevel.js";
import { centralDifferences, checkedCoordinates } from "./central-differences.js";
import { agreement } from "./distance.js";
import { hypergradient } from "./hypergradient.js";
import { coldStart, innerSolver } from "./inner-solver.js";
import { medianTime } from "./median-time.js";
import type { HypergradientComparison } from "./result.js";

/** One hypergradient by three methods, each with the inner solves that it needs, from a cold start. */
export function compareHypergradients(
  problem: Bilevel,
  theta: Tensor,
  { runs, onMethod }: { readonly runs: number; readonly onMethod: (done: number) => void },
): HypergradientComparison {
  const x0 = coldStart(problem);
  const coordinates = checkedCoordinates(problem.features);
  const checked = (gradient: ArrayLike<number>): number[] => coordinates.map((j) => gradient[j]!);

  const implicit = medianTime(() => hypergradient(problem, theta, x0).gradient.toTypedArray(), runs);
  onMethod(0.2);
  const unrolled = medianTime(() => unrolledHypergradient(problem, theta, x0).toTypedArray(), runs);
  onMethod(0.5);
  const differences = medianTime(() => centralDifferences(problem, theta, x0, coordinates), runs);
  onMethod(1);

  return {
    methods: [
      { ...timeOf(implicit), name: "implicit differentiation", innerSolves: 1, digits: undefined },
      {
        ...timeOf(unrolled),
        name: "unrolling",
        innerSolves: 1,
        digits: agreement(unrolled.value, implicit.value),
      },
      {
        ...timeOf(differences),
        name: "central differences",
        innerSolves: 2 * coordinates.length,
        digits: agreement(differences.value, checked(implicit.value)),
      },
    ],
    checked: coordinates.length,
  };
}

const timeOf = ({
  milliseconds,
  runs,
}: {
  milliseconds: number;
  runs: number;
}): { milliseconds: number; runs: number } => ({
  milliseconds,
  runs,
});

/** The derivative of the algorithm: every iteration of the inner solver is recorded and differentiated. */
function unrolledHypergradient(problem: Bilevel, theta: Tensor, x0: Tensor): Tensor {
  const solver = innerSolver(problem, unroll());
  const [, gradient] = valueAndGrad((point: Tensor) => problem.validationLoss(solver.run(x0, point).x))(
    theta,
  );
  return gradient;
}
