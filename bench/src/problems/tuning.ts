import { zeros, type Tensor } from "@cotangent/core-tensor";
import { grad } from "@cotangent/autodiff";
import { gradientDescent, proximalGradient, prox } from "@cotangent/solvers";
import { diabetes, type Samples } from "./diabetes.js";

/** How exactly both sides solve the inner problems. */
export const inner = { steps: 2000, tolerance: 1e-8 };

const meanSquare = (w: Tensor, { x, y }: Samples): Tensor => x.matmul(w).sub(y).square().mean().mul(0.5);
const options = { maxIterations: inner.steps, tolerance: inner.tolerance };

/** d/dtheta of the validation loss of ½ mean (Xw - y)² + ½ sum exp(theta_i) w_i²: a penalty for each feature. */
export function ridgeHypergradient(): (theta: Tensor) => Tensor {
  const { train, validation } = diabetes();
  const solver = gradientDescent({
    fun: (w: Tensor, theta: Tensor) => meanSquare(w, train).add(theta.exp().mul(w.square()).sum().mul(0.5)),
    ...options,
  });
  const start = zeros([train.x.shape[1]!]);
  return grad((theta: Tensor) => meanSquare(solver.run(start, theta).x, validation));
}

/** d/dtheta of the validation loss of ½ mean (Xw - y)² + exp(theta) ‖w‖₁. */
export function lassoHypergradient(): (theta: Tensor) => Tensor {
  const { train, validation } = diabetes();
  const solver = proximalGradient({
    fun: (w: Tensor, _theta: Tensor) => meanSquare(w, train),
    prox: (w: Tensor, theta: Tensor, step: number) => prox.lasso(w, theta.exp(), step),
    ...options,
  });
  const start = zeros([train.x.shape[1]!]);
  return grad((theta: Tensor) => meanSquare(solver.run(start, theta).x, validation));
}
