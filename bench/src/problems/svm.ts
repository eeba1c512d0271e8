import { full, matmul, oneHot, random, tensor, type Tensor } from "@cotangent/core-tensor";
import { grad } from "@cotangent/autodiff";
import { krylov, unroll, type Adjoint } from "@cotangent/implicit";
import { projectedGradient, projection } from "@cotangent/solvers";

const TRAINING = 700;
const VALIDATION = 200;
const CLASSES = 5;

/** Sizes of the problem, and the step both sides take. */
export interface Svm {
  readonly features: number;
  readonly steps: number;
  readonly step: number;
  readonly train: { readonly x: Tensor; readonly y: Tensor };
  readonly validation: { readonly x: Tensor; readonly y: Tensor };
}

export const sizes = { samples: [TRAINING, VALIDATION], classes: CLASSES };

/**
 * The multiclass SVM of Blondel et al. (2022), section 4.1: 700 samples to train, 200 to validate, 5 classes. A sample is
 * the centre of its class plus noise, scaled to unit norm.
 */
export function svm(features: number, steps = 2500): Svm {
  const [centreKey, noiseKey] = random.split(random.key(features)) as unknown as [Tensor, Tensor];
  const labels = tensor(Int32Array.from({ length: TRAINING + VALIDATION }, (_, i) => i % CLASSES));
  const centres = random.normal(centreKey, { shape: [CLASSES, features] });
  const raw = random
    .normal(noiseKey, { shape: [TRAINING + VALIDATION, features] })
    .mul(2)
    .add(centres.take(labels, 0));
  const x = raw.div(raw.norm({ axis: 1, keepDims: true }));
  const y = oneHot(labels, CLASSES);
  const part = (from: number, to: number) => ({ x: x.slice([from, to]), y: y.slice([from, to]) });
  const train = part(0, TRAINING);
  return {
    features,
    steps,
    step: 1 / squaredNorm(train.x),
    train,
    validation: part(TRAINING, TRAINING + VALIDATION),
  };
}

/** ‖X‖₂² by power iteration: the Lipschitz constant of the dual's gradient at lambda = 1. */
function squaredNorm(x: Tensor): number {
  let v = full([x.shape[0]!], 1);
  let size = 0;
  for (let i = 0; i < 50; i++) {
    v = matmul(x, matmul(v, x));
    size = v.norm().item();
    v = v.div(size);
  }
  return size;
}

/**
 * d/dtheta of ½ ‖X_val W - Y_val‖², with lambda = exp(theta), W = Xᵀ(Y - beta) / lambda, and beta the minimiser of
 * ½ lambda ‖W‖² + <beta, Y> over rows in the simplex.
 */
export function svmHypergradient(problem: Svm, adjoint: Adjoint): (theta: Tensor) => Tensor {
  const { train, validation, steps, step } = problem;
  const weights = (beta: Tensor, theta: Tensor): Tensor =>
    matmul(train.x.T, train.y.sub(beta)).div(theta.exp());
  const solver = projectedGradient({
    fun: (beta: Tensor, theta: Tensor) =>
      weights(beta, theta).square().sum().mul(theta.exp()).mul(0.5).add(beta.mul(train.y).sum()),
    projection: (beta: Tensor) => projection.simplex(beta),
    stepSize: step,
    acceleration: false,
    maxIterations: steps,
    tolerance: 0,
    onFailure: "return",
    certify: false,
    adjoint,
  });
  const start = full([TRAINING, CLASSES], 1 / CLASSES);
  return grad((theta: Tensor) =>
    matmul(validation.x, weights(solver.run(start, theta).x, theta))
      .sub(validation.y)
      .square()
      .sum()
      .mul(0.5),
  );
}

export const implicitly = (): Adjoint => krylov();
export const unrolled = (): Adjoint => unroll();
