import { hessian, valueAndGrad } from "@cotangent/autodiff";
import { linalg, type Tensor } from "@cotangent/core-tensor";
import { stationary } from "@cotangent/implicit";
import { createSolver, type Solver, type SolverOptions, type SolverState } from "@cotangent/solvers";
import type { Objective } from "../model/penalised.js";

export interface NewtonOptions extends SolverOptions<Tensor, SolverState> {
  /** f(x, theta), smooth and strictly convex in x, x a vector. */
  readonly fun: Objective;
}

/** Share of the first-order decrease that a step must achieve (Armijo). */
const sufficient = 1e-4;

const mostHalvings = 40;

/**
 * Newton's method with backtracking, for few unknowns:
 *
 *     x⁺ = x - t (d2f/dx2)^-1 df/dx,      t = 1, 1/2, 1/4, ... until f is low enough.
 *
 * The error is ‖df/dx‖ before the step. Written with Cotangent's operations, so that it can be unrolled as well.
 *
 * Source: Nocedal & Wright, "Numerical Optimization" (2006), alg. 3.2.
 */
export function newton({ fun, ...options }: NewtonOptions): Solver<Tensor, Tensor> {
  return createSolver<Tensor, Tensor, SolverState>(
    {
      name: "newton",
      init: () => ({ iterations: 0, error: Infinity }),
      update: (x, state, theta) => {
        const f = (at: Tensor): Tensor => fun(at, theta);
        const [value, gradient] = valueAndGrad(f)(x);
        const direction = linalg.solve(hessian(f)(x), gradient);
        const error = gradient.norm().item();
        const step = stepSize(f, {
          x,
          direction,
          value: value.item(),
          slope: gradient.dot(direction).item(),
        });
        return step === undefined
          ? { x, state: { ...state, error, failure: "lineSearchFailed" } }
          : { x: x.sub(direction.mul(step)), state: { iterations: state.iterations + 1, error } };
      },
      conditions: stationary(fun),
    },
    options,
  );
}

interface Line {
  readonly x: Tensor;
  readonly direction: Tensor;
  readonly value: number;
  readonly slope: number;
}

/** The first of 1, 1/2, 1/4, ... that lowers f enough, or as far as rounding can tell. */
function stepSize(f: (x: Tensor) => Tensor, { x, direction, value, slope }: Line): number | undefined {
  const rounding = 16 * Number.EPSILON * Math.abs(value);
  for (let halvings = 0, step = 1; halvings <= mostHalvings; halvings++, step /= 2) {
    const next = f(x.sub(direction.mul(step))).item();
    if (next <= value - sufficient * step * slope + rounding) return step;
  }
  return undefined;
}
