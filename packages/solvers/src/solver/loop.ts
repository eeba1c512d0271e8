import { tree, type Tensors } from "@cotangent/autodiff";
import type { IterativeSolver, SolverState } from "./iterative-solver.js";
import { distance, epsilonOf, norm } from "./measure.js";
import { stoppingOptions, type SolverOptions } from "./options.js";
import type { Status } from "./solution.js";
import { StoppingRule } from "./stopping.js";

/** Where a loop ended. */
export interface Outcome<X, S> {
  readonly x: X;
  readonly state: S;
  readonly status: Status;
  readonly iterations: number;
  readonly error: number;
}

/** The one loop that every solver runs in. `resume` is called wherever it goes on after code of the caller. */
export function iterate<X, Theta, S extends SolverState>(
  solver: IterativeSolver<X, Theta, S>,
  x0: X,
  theta: Theta,
  options: SolverOptions<X, S>,
  resume: () => void,
): Outcome<X, S> {
  const { maxIterations, tolerance } = stoppingOptions(options, solver.name);
  const rule = new StoppingRule(tolerance, norm(x0), epsilonOf(x0));
  options.signal?.throwIfAborted();
  const shape = tree.flatten(x0);
  let [x, before, state] = [x0, x0, solver.init(x0, theta)];
  const end = (status: Status, at: X): Outcome<X, S> => {
    return { x: at, state, status, iterations: state.iterations, error: state.error };
  };
  for (let iteration = 1; iteration <= maxIterations; iteration++) {
    options.signal?.throwIfAborted();
    const next = solver.update(x, state, theta);
    const { failure, error } = next.state;
    // A failed update met NaN at x itself, so the last good point is the one before.
    if (failure !== undefined) return end(failure, failure === "nonFinite" ? before : x);
    tree.flattenLike(shape, next.x, `${solver.name}: x returned by update`);
    const movement = distance(next.x, x);
    const status = rule.judge({ iteration, error, movement, size: norm(next.x) });
    if (status === "nonFinite") return end(status, x);
    [before, x, state] = [x, next.x, next.state];
    options.onIteration?.({ iteration, x: x as Tensors<X>, error, state });
    resume();
    if (status !== undefined) return end(status, x);
  }
  return end("maxIterations", x);
}
