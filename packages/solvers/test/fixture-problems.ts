import { logsumexp, maximum, minimum, oneHot, softplus, tensor, type Tensor } from "@cotangent/core-tensor";
import {
  gradientDescent,
  mirrorDescent,
  projectedGradient,
  projection,
  prox,
  proximalGradient,
} from "@cotangent/solvers";
import { problem, type FixtureProblem } from "./fixture-problem.js";
import { fixtures } from "./fixtures.js";
import { svmProblems } from "./svm-problems.js";

const [X, y] = [tensor(fixtures.regression_10x3.X), tensor(fixtures.regression_10x3.y)];
const meanSquares = (w: Tensor): Tensor => X.matmul(w).sub(y).square().mean().div(2);
const squaredNorm = (w: Tensor): Tensor => w.square().sum();
const tight = { tolerance: 1e-11 };

const ridge = fixtures.ridge_mean_lam5;
const ridgePaper = fixtures.ridge_paper_theta10;
const enet = fixtures["enet_2_0.8"];
const multi = fixtures["multilogreg_l2_1e-2"];
const binary = fixtures["binlogreg_l2_1e-2"];
const ball = fixtures["ls_l2ball_r0.1"];
const qp = fixtures.boxqp5;

function lassoProblem(
  name: string,
  fixture: { lam: number; w: number[]; dw_dlam: number[] },
): FixtureProblem {
  return problem(
    name,
    fixture.lam,
    fixture.w,
    fixture.dw_dlam,
    (theta, options) =>
      proximalGradient({
        fun: (w: Tensor, _lam: Tensor) => meanSquares(w),
        prox: (w, lam, step) => prox.lasso(w, lam, step),
        ...tight,
        ...options,
      }).run(tensor([0, 0, 0]), theta).x,
  );
}

const classes = fixtures.classif_20x5x3;
const rows = tensor(classes.X);
const labels = oneHot(tensor(classes.y, { dtype: "int32" }), 3);

const [classX, classY] = [tensor(fixtures.classif_20x5x2.X), tensor(fixtures.classif_20x5x2.y)];
const [ballX, ballY] = [tensor(ball.X), tensor(ball.y)];
const Q = tensor(qp.Q);

export const fixtureProblems: readonly FixtureProblem[] = [
  problem(
    "ridge, mean",
    ridge.lam,
    ridge.w,
    ridge.dw_dlam,
    (theta, options) =>
      gradientDescent({
        fun: (w: Tensor, lam: Tensor) => meanSquares(w).add(squaredNorm(w).mul(lam).div(2)),
        ...tight,
        ...options,
      }).run(tensor([0, 0, 0]), theta).x,
  ),
  problem(
    "ridge, as in the paper",
    10,
    ridgePaper.x,
    ridgePaper.dx_dtheta,
    (theta, options) =>
      gradientDescent({
        fun: (w: Tensor, lam: Tensor) =>
          X.matmul(w).sub(y).square().sum().add(squaredNorm(w).mul(lam)).div(2),
        ...tight,
        ...options,
      }).run(tensor([0, 0, 0]), theta).x,
  ),
  lassoProblem("lasso, lam 10", fixtures.lasso_lam10),
  lassoProblem("lasso, lam 60, with a zero", fixtures.lasso_lam60),
  problem(
    "elastic net",
    [2, 0.8],
    enet.w,
    enet.dw_dlam.map((value, i) => [value, enet.dw_dgam[i]!]),
    (theta, options) =>
      proximalGradient({
        fun: (w: Tensor, _hyper: Tensor) => meanSquares(w),
        prox: (w, hyper, step) => prox.elasticNet(w, [hyper.slice(0), hyper.slice(1)], step),
        ...tight,
        ...options,
      }).run(tensor([0, 0, 0]), theta).x,
  ),
  problem(
    "binary logistic",
    binary.lam,
    binary.w,
    binary.dw_dlam,
    (theta, options) =>
      gradientDescent({
        fun: (w: Tensor, lam: Tensor) => {
          const z = classX.matmul(w);
          return softplus(z).sub(z.mul(classY)).mean().add(squaredNorm(w).mul(lam).div(2));
        },
        ...tight,
        ...options,
      }).run(tensor([0, 0, 0, 0, 0]), theta).x,
  ),
  problem(
    "multiclass logistic",
    multi.lam,
    multi.W,
    multi.dW_dlam,
    (theta, options) =>
      gradientDescent({
        fun: (W: Tensor, lam: Tensor) => {
          const z = rows.matmul(W);
          const fit = logsumexp(z, { axis: 1 })
            .sub(z.mul(labels).sum({ axis: 1 }))
            .mean();
          return fit.add(squaredNorm(W).mul(lam).div(2));
        },
        ...tight,
        ...options,
      }).run(tensor(multi.W.map((row) => row.map(() => 0))), theta).x,
  ),
  problem(
    "least squares on a ball",
    ball.r,
    ball.w,
    ball.dw_dr,
    (theta, options) =>
      projectedGradient({
        fun: (w: Tensor, _r: Tensor) => ballX.matmul(w).sub(ballY).square().sum().div(2),
        projection: (w, r) => projection.l2Ball(w, r),
        ...tight,
        ...options,
      }).run(tensor([0, 0, 0, 0, 0]), theta).x,
  ),
  problem(
    "QP in a box",
    qp.c,
    qp.x,
    qp.dx_dc,
    (theta, options) =>
      projectedGradient({
        fun: (x: Tensor, c: Tensor) => x.dot(Q.matmul(x)).div(2).add(x.dot(c)),
        projection: (x) => minimum(maximum(x, tensor(qp.l)), tensor(qp.u)),
        ...tight,
        ...options,
      }).run(tensor([0, 0, 0, 0, 0]), theta).x,
  ),
  problem(
    "projection on the simplex",
    fixtures.simplex_rand5.x,
    fixtures.simplex_rand5.p,
    fixtures.simplex_rand5.J,
    (theta, options) =>
      mirrorDescent({
        fun: (p: Tensor, x: Tensor) => p.sub(x).square().sum().div(2),
        geometry: "simplex",
        stepSize: 1,
        ...tight,
        ...options,
      }).run(tensor([0.2, 0.2, 0.2, 0.2, 0.2]), theta).x,
  ),
  ...[
    { f: 1, x: fixtures.scalars.cubic_root_f1, dx: fixtures.scalars.dcubic_f1 },
    { f: 2, x: fixtures.scalars.cubic_root_f2, dx: fixtures.scalars.dcubic_f2 },
  ].map(({ f, x, dx }) =>
    // The minimum of f x^4 / 4 - x^2 / 2 - 2 x is the root of f x^3 - x - 2.
    problem(
      `root of a cubic, f = ${String(f)}`,
      f,
      x,
      dx,
      (theta, options) =>
        gradientDescent({
          fun: (z: Tensor, c: Tensor) =>
            c.mul(z.square().square()).div(4).sub(z.square().div(2)).sub(z.mul(2)),
          ...tight,
          ...options,
        }).run(1, theta).x,
    ),
  ),
  // The minimum of x^2 / 2 - sin x - theta x is the solution of x = cos x + theta.
  problem(
    "x = cos x",
    0,
    fixtures.scalars.dottie,
    fixtures.scalars.ddottie_dtheta,
    (theta, options) =>
      gradientDescent({
        fun: (z: Tensor, c: Tensor) => z.square().div(2).sub(z.sin()).sub(z.mul(c)),
        ...tight,
        ...options,
      }).run(0, theta).x,
  ),
  ...svmProblems,
];
