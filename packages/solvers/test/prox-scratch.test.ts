import { test } from "@jest/globals";
import * as prox from "../src/prox/index.js";
import * as projection from "../src/projection/index.js";
import * as loss from "../src/loss/index.js";
import * as objective from "../src/objective/index.js";
import { tensor, zeros, ones } from "@cotangent/core-tensor";
test("x", () => {
  const f = prox.fromProjection(projection.simplex);
  const out = [
    prox.none(tensor([1, -2])), prox.lasso(tensor([3, -1, 0.5, -4]), 1), prox.elasticNet(tensor([3, -1, -4]), [1, 0.5], 2),
    prox.groupLasso(tensor([3, 4]), 2.5), prox.ridge(tensor([3, -6]), 2), f(tensor([1, 1]), 4, 0.1),
    projection.nonNegative(tensor([2, -3])), projection.box(tensor([-2, 0.5, 3]), [0, tensor([1, 1, 2])]),
    projection.simplex(tensor([[1, 1, -5], [0.25, 0.5, 0.25]])), projection.l1Ball(tensor([3, -2, 0.5]), 3),
    projection.l2Ball(tensor([[3, 4], [0.3, 0.4]])),
    loss.binaryLogistic(tensor([1, 0, 1]), tensor([0, 0, 800])),
    loss.multiclassLogistic(tensor([2, 0]), tensor([[0, 0, 0], [50, 0, 0]])), loss.leastSquares(tensor([1, 2]), tensor([3, 2])),
    objective.leastSquares(tensor([1, 1]), [tensor([[1, 0], [0, 1]]), tensor([0, 3])]),
    objective.ridgeRegression(tensor([1, 1]), 0.5, [tensor([[1, 0], [0, 1]]), tensor([0, 3])]),
    objective.binaryLogreg(tensor([0, 0]), [tensor([[1, 2], [3, 4]]), tensor([0, 1])]),
    objective.l2BinaryLogreg(tensor([2, 0]), 0.25, [tensor([[0, 1], [0, 2]]), tensor([0, 1])]),
    objective.multiclassLogreg(zeros([2, 3]), [tensor([[1, 2], [3, 4]]), tensor([2, 0])]),
    objective.l2MulticlassLogreg(ones([2, 3]), 0.5, [tensor([[1, 2], [3, 4]]), tensor([2, 0])]),
  ];
  process.stdout.write(out.map(String).join("\n") + "\n");
});
