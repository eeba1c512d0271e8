import { mul, oneHot, tensor, type Tensor } from "@cotangent/core-tensor";
import { mirrorDescent, projectedGradient, projection } from "@cotangent/solvers";
import { problem, type FixtureProblem } from "./fixture-problem.js";
import { fixtures } from "./fixtures.js";

const classes = fixtures.classif_20x5x3;
const rows = tensor(classes.X);
const unitRows = rows.div(rows.square().sum({ axis: 1, keepDims: true }).sqrt());
const labels = oneHot(tensor(classes.y, { dtype: "int32" }), 3);
const centre = mul(1 / 3, tensor(Array.from({ length: 20 }, () => [1, 1, 1])));
/** min 1/(2 lam) ‖X'(Y - beta)‖^2 + <beta, Y> over rows of beta in the simplex; X with rows of unit length. */
const dual = (beta: Tensor, lam: Tensor): Tensor =>
  unitRows.T.matmul(labels.sub(beta)).square().sum().div(lam).div(2).add(beta.mul(labels).sum());
const primal = (beta: Tensor, lam: Tensor): Tensor => unitRows.T.matmul(labels.sub(beta)).div(lam);

const onRows = projectedGradient({
  fun: dual,
  projection: (beta) => projection.simplex(beta),
  tolerance: 1e-12,
});
const byEntropy = mirrorDescent({ fun: dual, geometry: "simplex", tolerance: 1e-14 });

/** Mirror descent takes thousands of iterations here: derivatives start from where the first solve ended. */
const solved = new Map<number, Tensor>();
function warmStart(lam: Tensor): Tensor {
  const known = solved.get(lam.item()) ?? byEntropy.run(centre, lam.item()).x;
  solved.set(lam.item(), known);
  return known;
}

const { svm_norm_lam1: one, svm_norm_lam10: ten } = fixtures;
export const svmProblems: readonly FixtureProblem[] = [
  problem("SVM dual, lam 1, by projected gradient", one.lam, one.W, one.dW_dlam, (lam) =>
    primal(onRows.run(centre, lam).x, lam),
  ),
  problem(
    "SVM dual, lam 10, by projected gradient",
    ten.lam,
    ten.W,
    ten.dW_dlam_fd,
    (lam) => primal(onRows.run(centre, lam).x, lam),
    1e-6,
  ),
  problem("SVM dual, lam 1, by mirror descent", one.lam, one.W, one.dW_dlam, (lam) =>
    primal(byEntropy.run(warmStart(lam), lam).x, lam),
  ),
  problem(
    "SVM dual, lam 10, by mirror descent",
    ten.lam,
    ten.W,
    ten.dW_dlam_fd,
    (lam) => primal(byEntropy.run(warmStart(lam), lam).x, lam),
    1e-6,
  ),
];
