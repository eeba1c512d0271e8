import { full, tensor, type Tensor } from "@cotangent/core-tensor";
import { grad } from "@cotangent/autodiff";
import { direct, krylov } from "@cotangent/implicit";
import { gradientDescent } from "@cotangent/solvers";
import type { Growth } from "../measure/growth.js";
import { filled } from "../problems/data.js";

const STEPS = 50;

/** A hypergradient of ridge regression, 50 steps, against each of its sizes. */
export const growths: readonly Growth[] = [
  {
    name: "against the number of features, without a matrix",
    axis: "features",
    sizes: [50, 100, 200, 400, 800],
    make: (features) => hypergradient({ samples: 400, features, penalties: 1, matrixFree: true }),
    atMost: 1,
  },
  {
    name: "against the number of features, with a factorisation",
    axis: "features",
    sizes: [50, 100, 200, 400],
    make: (features) => hypergradient({ samples: 400, features, penalties: 1, matrixFree: false }),
    atMost: 3,
  },
  {
    name: "against the number of samples",
    axis: "samples",
    sizes: [200, 400, 800, 1600, 3200],
    make: (samples) => hypergradient({ samples, features: 50, penalties: 1, matrixFree: true }),
    atMost: 1,
  },
  {
    name: "against the number of hyper-parameters",
    axis: "hyper-parameters",
    sizes: [1, 10, 100, 1000],
    make: (penalties) => hypergradient({ samples: 100, features: 1000, penalties, matrixFree: true }),
    atMost: 0,
  },
];

interface Sizes {
  readonly samples: number;
  readonly features: number;
  /** How many groups of features have a penalty of their own. */
  readonly penalties: number;
  readonly matrixFree: boolean;
}

function hypergradient({ samples, features, penalties, matrixFree }: Sizes): () => unknown {
  const [X, y] = [filled(samples, features), filled(samples)];
  const groupOf = tensor(Int32Array.from({ length: features }, (_, i) => i % penalties));
  const solver = gradientDescent({
    fun: (w: Tensor, theta: Tensor) =>
      X.matmul(w).sub(y).square().mean().add(theta.exp().take(groupOf).mul(w.square()).sum()),
    stepSize: 0.2,
    acceleration: false,
    maxIterations: STEPS,
    tolerance: 0,
    onFailure: "return",
    certify: false,
    adjoint: matrixFree ? krylov({ method: "cg" }) : direct(),
  });
  const start = full([features], 0);
  const loss = grad((theta: Tensor) => solver.run(start, theta).x.square().sum());
  const theta = full([penalties], -1);
  return () => loss(theta);
}
