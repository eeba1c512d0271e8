import { describe, expect, test } from "@jest/globals";
import { grad, jacfwd, jacrev, TreeError } from "@cotangent/autodiff";
import { tensor, type Tensor } from "@cotangent/core-tensor";
import { fixedPoint, oneStep, root, unroll } from "@cotangent/implicit";
import { createSolver, type SolverOptions, type SolverState, type Update } from "@cotangent/solvers";
import { relativeError } from "./relative-error.js";

/** x⁺ = T(x, theta) until x stands still. */
function picard(
  t: (x: Tensor, theta: Tensor) => Tensor,
  options: SolverOptions<Tensor, SolverState> = {},
  update: (x: Tensor, state: SolverState, theta: Tensor) => Partial<Update<Tensor, SolverState>> = () => ({}),
) {
  return createSolver<Tensor, Tensor, SolverState>(
    {
      name: "picard",
      init: () => ({ iterations: 0, error: Infinity }),
      update: (x, state, theta) => {
        const next = t(x, theta);
        const error = next.sub(x).norm().item();
        return { x: next, state: { iterations: state.iterations + 1, error }, ...update(x, state, theta) };
      },
      conditions: fixedPoint(t),
    },
    options,
  );
}

/** Not symmetric; contracts by 0.64 at most. */
const M = tensor([
  [0.3, 0.5],
  [-0.4, 0.1],
]);
const linear = (x: Tensor, theta: Tensor): Tensor => M.matmul(x).add(theta);
const inverse = tensor([
  [0.9, 0.5],
  [-0.4, 0.7],
]).div(0.83);

describe("a solver of one's own", () => {
  const theta = tensor([1, 2]);
  const start = tensor([0, 0]);

  test.each([
    ["forward", jacfwd],
    ["reverse", jacrev],
  ])("has the derivative (I - M)^-1 of x = M x + theta in %s mode, implied or unrolled", (_, mode) => {
    for (const options of [{}, { adjoint: unroll(), tolerance: 1e-12 }]) {
      const solver = picard(linear, options);
      expect(relativeError(mode((at: Tensor) => solver.run(start, at).x)(theta), inverse)).toBeLessThan(1e-8);
    }
  });

  test("one step of it has the derivative I, wrong by as much as the iteration contracts", () => {
    const solver = picard(linear, { adjoint: oneStep() });
    expect(jacrev((at: Tensor) => solver.run(start, at).x)(theta).toArray()).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });

  test("may report its own failure, which ends the run with the point it had", () => {
    const failing = picard(linear, { onFailure: "return" }, (x, state) =>
      state.iterations < 2 ? {} : { x, state: { ...state, failure: "lineSearchFailed" } },
    );
    const { x, status, iterations } = failing.run(start, theta);
    expect({ status, iterations }).toEqual({ status: "lineSearchFailed", iterations: 2 });
    expect(x.toArray()).toEqual(linear(theta, theta).toArray());
  });

  test.each([[[NaN, 0]], [[0, NaN]], [[-Infinity, 0]]])(
    "that returns %p has not converged: the last finite point is kept",
    (bad) => {
      const failing = picard(linear, { onFailure: "return" }, (_, state) =>
        state.iterations < 2 ? {} : { x: tensor(bad) },
      );
      const { x, status, iterations } = failing.run(start, theta);
      expect({ status, iterations }).toEqual({ status: "nonFinite", iterations: 2 });
      expect(x.toArray()).toEqual(linear(theta, theta).toArray());
    },
  );

  test("with an error of NaN has not converged", () => {
    const failing = picard(linear, { onFailure: "return" }, (_, state) => ({
      state: { iterations: state.iterations + 1, error: NaN },
    }));
    expect(failing.run(start, theta).status).toBe("nonFinite");
  });

  test("may leave x as it is for a while: an update may be about one coordinate", () => {
    const target = tensor(new Float64Array(30).fill(1).fill(0, 5, 25));
    const coordinate = (k: number): Tensor => tensor(Float64Array.from({ length: 30 }, (_, i) => +(i === k)));
    const cyclic = picard(
      (_, at) => at,
      {},
      (x, state) => {
        const next = x.add(target.sub(x).mul(coordinate(state.iterations % 30)));
        return {
          x: next,
          state: { iterations: state.iterations + 1, error: target.sub(next).norm().item() },
        };
      },
    );
    const { x, status } = cyclic.run(tensor(new Float64Array(30)), target);
    expect(status).toBe("converged");
    expect(x.toArray()).toEqual(target.toArray());
  });

  test("that never moves x has stalled, not converged", () => {
    const { status, iterations } = picard(linear, { onFailure: "return" }, (x, state) => ({
      x,
      state: { iterations: state.iterations + 1, error: 1 },
    })).run(start, theta);
    expect(status).toBe("stalled");
    expect(iterations).toBeLessThan(200);
  });

  test("that changes the shape of x is refused", () => {
    const failing = picard(linear, {}, () => ({ x: tensor(0) }));
    expect(() => failing.run(start, theta)).toThrow(TreeError);
    expect(() => failing.run(start, theta)).toThrow(/picard: x returned by update/);
  });

  test("whose conditions are of another problem is refused when it is differentiated", () => {
    const solver = createSolver<Tensor, Tensor, SolverState>({
      name: "wrong",
      init: () => ({ iterations: 0, error: Infinity }),
      update: (_, state, at) => ({ x: at, state: { iterations: state.iterations + 1, error: 0 } }),
      conditions: root((x, at) => x.sub(at).sub(1)),
    });
    expect(solver.run(0, 2).x.item()).toBe(2);
    expect(() => grad((at: Tensor) => solver.run(0, at).x)(2)).toThrow(
      /wrong: the conditions \(root\) do not hold/,
    );
  });
});
