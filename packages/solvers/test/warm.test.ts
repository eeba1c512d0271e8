import { describe, expect, test } from "@jest/globals";
import { full, linspace, tensor, zeros, type Tensor } from "@cotangent/core-tensor";
import { grad } from "@cotangent/autodiff";
import { gradientDescent, prox, proximalGradient } from "@cotangent/solvers";
import { watch } from "../../autodiff/test/watch.js";

const truth = linspace(-1, 2, 10);
const data = (rows: number, from: number) => {
  const x = linspace(from, from + 40, rows * 10)
    .sin()
    .reshape([rows, 10])
    .add(linspace(0, 1, 10).cos());
  return { x, y: x.matmul(truth).add(linspace(0, 9, rows).cos()) };
};
const [train, validation] = [data(300, 0), data(142, 50)];
const meanSquare = (w: Tensor, { x, y }: typeof train): Tensor => x.matmul(w).sub(y).square().mean().mul(0.5);

const seen = { iterations: 0, fun: 0, prox: 0 };
const fit = (w: Tensor): Tensor => {
  seen.fun += 1;
  return meanSquare(w, train);
};
const onIteration = (event: { readonly iteration: number }): void => {
  seen.iterations = event.iteration;
};
const ridge = gradientDescent({
  fun: (w: Tensor, t: Tensor) => fit(w).add(t.exp().mul(w.square()).sum().mul(0.5)),
  onIteration,
});
const lasso = proximalGradient({
  fun: (w: Tensor, _: Tensor) => fit(w),
  prox: (w: Tensor, t: Tensor, step: number) => {
    seen.prox += 1;
    return prox.lasso(w, t.exp(), step);
  },
  onIteration,
});

const start = zeros([10]);
const problems = {
  ridge: {
    hypergradient: () => grad((t: Tensor) => meanSquare(ridge.run(start, t).x, validation))(full([10], -3)),
    counts: { iterations: 177, fun: 2, prox: 0, recorded: 16, compiled: 0, plans: 370, eager: 45 },
  },
  lasso: {
    hypergradient: () => grad((t: Tensor) => meanSquare(lasso.run(start, t).x, validation))(tensor(-3)),
    counts: { iterations: 294, fun: 2, prox: 2, recorded: 20, compiled: 0, plans: 605, eager: 44 },
  },
};

/*
 * What a hypergradient costs that has been taken before, so that a change which makes it dearer is seen:
 * - fun and a prox run twice, as they are and to be recorded, whatever the sizes of the steps;
 * - that is all that is recorded, and nothing is compiled;
 * - a step is two runs of plans: one from value and gradient where it starts to value (or both) where it ends, and one for
 *   the extrapolation;
 * - the conditions and their derivatives are a plan each, and so is the whole matrix of the linear system;
 * - run one by one are the operations of the outer loss and of the factorisation, and of fun and prox as they are.
 */
describe("a hypergradient that has been taken before", () => {
  test.each(Object.entries(problems))("%s", (_, { hypergradient, counts }) => {
    const first = hypergradient();
    for (let run = 0; run < 70; run++) watch(hypergradient);
    Object.assign(seen, { fun: 0, prox: 0 });
    expect({ ...watch(hypergradient), ...seen }).toEqual(counts);
    expect(hypergradient()).toEqual(first);
  });
});
