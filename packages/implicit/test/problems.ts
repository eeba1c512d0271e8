import { tree } from "@cotangent/autodiff";
import { linalg, matmul, tensor, tracedOf, type Tensor } from "@cotangent/core-tensor";
import { fixedPoint, implicit, root, type Adjoint } from "@cotangent/implicit";

/** A solver that refuses to be traced or differentiated. */
export function blackBox<Theta, X>(
  solve: (theta: Theta) => X,
): { solve: (theta: Theta) => X; calls: () => number } {
  let calls = 0;
  return {
    solve: (theta) => {
      calls += 1;
      if (tree.leaves(theta).some((leaf) => tracedOf(leaf) !== undefined))
        throw new Error("the solver was traced");
      return solve(theta);
    },
    calls: () => calls,
  };
}

/** Heron's method for the square root, on JavaScript numbers. */
export const heron = (theta: Tensor): Tensor => {
  const value = theta.item();
  let x = Math.max(value, 1);
  for (let k = 0; k < 60; k++) x = (x + value / x) / 2;
  return tensor(x);
};

export const squareRoot = (options: { adjoint?: Adjoint } = {}) =>
  implicit({
    solve: blackBox(heron).solve,
    conditions: root((x: Tensor, t: Tensor) => x.square().sub(t)),
    ...options,
  });

/** A and B deliberately far from symmetric. */
export const A = tensor([
  [4, 1, -2],
  [0, 3, 5],
  [1, -7, 6],
]);
export const B = tensor([
  [1, 2],
  [-3, 0.5],
  [0, 4],
]);

/** A x = B theta: dx/dtheta = A^-1 B, exactly. */
export const linearRoot = (adjoint?: Adjoint) =>
  implicit({
    solve: blackBox((theta: Tensor) => linalg.solve(A, matmul(B, theta))).solve,
    conditions: root((x: Tensor, theta: Tensor) => matmul(A, x).sub(matmul(B, theta))),
    ...(adjoint === undefined ? {} : { adjoint }),
  });

/** x = M x + theta with a non-symmetric contraction M: dx/dtheta = (I - M)^-1. */
export const M = tensor([
  [0.1, 0.4, 0],
  [-0.2, 0.3, 0.1],
  [0.05, 0, -0.25],
]);

export const affineFixedPoint = (adjoint?: Adjoint) =>
  implicit({
    solve: (theta: Tensor) => {
      let x = theta.mul(0);
      for (let k = 0; k < 200; k++) x = matmul(M, x).add(theta);
      return x;
    },
    conditions: fixedPoint((x: Tensor, theta: Tensor) => matmul(M, x).add(theta)),
    ...(adjoint === undefined ? {} : { adjoint }),
  });

/** The largest absolute difference of two tensors. */
export const distance = (a: Tensor, b: Tensor): number => {
  const difference = a.sub(b).abs();
  return difference.size === 0 ? 0 : difference.max().item();
};
