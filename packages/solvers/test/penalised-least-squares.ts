import { tensor, type Tensor } from "@cotangent/core-tensor";
import { prox } from "@cotangent/solvers";

/*
 * A small least-squares problem with a penalty for each unknown: f(x, theta) = mean((A x - y)²) + sum(theta x²), and the l1 norm
 * with weights theta / 2 as what a prox is for.
 */
export const A = tensor([
  [2, -1, 0.5],
  [0.3, 1, 0],
  [-1, 0.2, 1.5],
  [0.1, 0.7, -0.4],
]);
export const y = tensor([1, -2, 0.5, 3]);
export const theta = tensor([0.3, 0.7, 0.2]);
export const x0 = tensor([0.2, 0.3, 0.5]);
export const fun = (x: Tensor, t: Tensor): Tensor =>
  A.matmul(x).sub(y).square().mean().add(t.mul(x.square()).sum());
export const l1 = (x: Tensor, t: Tensor, step: number): Tensor => prox.lasso(x, t.mul(0.5), step);
