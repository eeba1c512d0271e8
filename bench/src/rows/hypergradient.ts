import { tensor, type Tensor } from "@cotangent/core-tensor";
import { grad } from "@cotangent/autodiff";
import { direct, unroll, type Adjoint } from "@cotangent/implicit";
import { gradientDescent } from "@cotangent/solvers";
import type { Row } from "../measure.js";

const SAMPLES = 100;
const FEATURES = 20;

/**
 * The gradient of a validation loss in one penalty per feature of a ridge regression: once by implicit differentiation,
 * once through all steps of the solver. The first should not grow with the number of steps by more than the solver does.
 */
export function hypergradientRows(): Row[] {
  return [50, 200, 800].map((steps) => ({
    name: `implicit, ridge ${String(SAMPLES)} x ${String(FEATURES)}, ${String(steps)} steps`,
    ours: hypergradient(direct(), steps),
    against: "unrolled",
    peer: hypergradient(unroll(), steps),
  }));
}

function hypergradient(adjoint: Adjoint, steps: number): () => unknown {
  const X = uniform(SAMPLES, FEATURES, 1);
  const y = uniform(SAMPLES, 1, 2).ravel();
  const loss = (w: Tensor, rows: Tensor, targets: Tensor): Tensor =>
    rows.matmul(w).sub(targets).square().mean();
  const solver = gradientDescent({
    fun: (w: Tensor, penalties: Tensor) => loss(w, X, y).add(w.square().mul(penalties.exp()).sum()),
    stepSize: 0.3,
    acceleration: false,
    maxIterations: steps,
    tolerance: 0,
    onFailure: "return",
    adjoint,
    // After so few steps the point is not a solution yet: the cost is measured here, not the derivative.
    certify: false,
  });
  const validation = grad((penalties: Tensor) =>
    loss(solver.run(tensor(new Float64Array(FEATURES)), penalties).x, X.mul(0.9), y),
  );
  const penalties = tensor(new Float64Array(FEATURES).fill(-3));
  return () => validation(penalties);
}

/** Numbers between -1 and 1 from a linear congruential generator. */
function uniform(rows: number, columns: number, seed: number): Tensor {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
  return tensor(new Float64Array(rows * columns).map(next), { shape: [rows, columns] });
}
