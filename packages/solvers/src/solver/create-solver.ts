import { isRecorded, isRecording, tree, type Tensors, type Tree, type TreeLike } from "@cotangent/autodiff";
import { auto, emptyReport, implicit, type Conditions, type ImplicitReport } from "@cotangent/implicit";
import { NotConvergedError } from "./not-converged-error.js";
import { parameters, startingPoint } from "./inputs.js";
import type { IterativeSolver, SolverState, Update } from "./iterative-solver.js";
import { iterate, type Outcome } from "./loop.js";
import { checkOnFailure, stoppingOptions, type SolverOptions } from "./options.js";
import { recordedRun } from "./recorded-run.js";
import { compilationOf, type Compilation } from "./routines.js";
import type { Solution, Status } from "./solution.js";

/** The parameters, which may be left out for a problem whose functions take none. */
export type ThetaArgument<Theta> = unknown extends Theta ? [theta?: unknown] : [theta: TreeLike<Theta>];

/** A solver to be run. */
export interface Solver<X, Theta, S extends SolverState = SolverState> {
  readonly name: string;
  /**
   * Solves from x0. The solution is differentiable in theta (any tree), to any order and in both modes. Inside of `jit` it
   * solves when the compiled function runs; all but `x` is then what the last run left behind.
   *
   * @throws NotConvergedError, which carries the solution, unless `onFailure` is "return"
   * @throws ValueError for NaN in x0 or theta
   * @throws TreeError when x0 or theta is not a tree
   */
  run(x0: TreeLike<X>, ...theta: ThetaArgument<Theta>): Solution<X, S>;
  /** The state before the first update, for a loop of one's own. */
  init(x0: TreeLike<X>, ...theta: ThetaArgument<Theta>): S;
  /** One iteration. The state tells the error, and why the update failed if it did. */
  update(x: TreeLike<X>, state: S, ...theta: ThetaArgument<Theta>): Update<Tensors<X>, S>;
  /** What holds at a solution. */
  readonly conditions: Conditions<X, Theta>;
}

/**
 * Makes an algorithm into a solver: a loop with honest statuses, and a solution that is differentiable in theta.
 *
 * @param solver - a first state, an update, and the conditions that hold at a solution
 * @example
 * ```ts
 * // Newton's method for the cube root of theta
 * const cubeRoot = createSolver<Tensor, Tensor, SolverState>({
 *   name: "cubeRoot",
 *   init: () => ({ iterations: 0, error: Infinity }),
 *   update: (x, state, theta) => {
 *     const step = x.sub(theta.div(x.square())).div(3);
 *     return { x: x.sub(step), state: { iterations: state.iterations + 1, error: Math.abs(step.item()) } };
 *   },
 *   conditions: root((x, theta) => x.pow(3).sub(theta)),
 * });
 * const solution = cubeRoot.run(1, 8);
 * solution.status; // => "converged"
 * solution.x; // => 2
 * grad((theta: Tensor) => cubeRoot.run(1, theta).x)(8); // => 0.083333333
 * ```
 */
export function createSolver<X extends Tree, Theta, S extends SolverState>(
  solver: IterativeSolver<X, Theta, S>,
  options: SolverOptions<X, S> = {},
): Solver<X, Theta, S> {
  const { name, conditions } = solver;
  const { adjoint = auto(), certify = {}, onFailure = "throw" } = options;
  stoppingOptions(options, name);
  checkOnFailure(onFailure, name);
  let runs = 0;
  /** The run that the routines are in; 0 is a loop of the caller's own. */
  let current = 0;
  const begin = (run: number): void => {
    current = run;
    for (const routine of Object.values(solver.routines ?? {})) routine.begin();
  };
  /** Goes on with a run: begins anew if there was another one meanwhile, in a callback, with other data perhaps. */
  const resume = (run: number): void => {
    if (current !== run) begin(run);
  };
  const parametersOf = (theta: readonly unknown[]): Theta => parameters(theta[0] ?? {}, name) as Theta;
  const made: Solver<X, Theta, S> = {
    name,
    conditions,
    run: (x0, ...theta) => {
      const given = theta[0] ?? {};
      if (isRecording() && isRecorded([...tree.leaves(x0), ...tree.leaves(given)])) {
        const run = (at: never, values: never) => made.run(at, ...([values] as ThetaArgument<Theta>));
        return recordedRun({ name, conditions, run }, x0, given);
      }
      const start = startingPoint(x0, name) as X;
      const ended: { outcome?: Outcome<X, S>; conditions?: Conditions<X, Theta> } = {};
      const solve = (values: Theta): X => {
        const run = (runs += 1);
        begin(run);
        const outcome = iterate(solver, start, values, options, () => {
          resume(run);
        });
        ended.outcome = outcome;
        ended.conditions = solver.conditionsAt?.(outcome.state) ?? conditions;
        if (outcome.status !== "converged" && onFailure === "throw") {
          const report = emptyReport(name, adjoint.name, conditions.name);
          throw notConverged(outcome, compilationOf(solver.routines), report, options);
        }
        return outcome.x;
      };
      const residual = (x: X, values: Theta): X => ended.conditions!.residual(x, values);
      const { x, report } = implicit<Theta, X>({
        name,
        solve,
        conditions: { ...conditions, residual },
        adjoint,
        certify,
      }).withReport(parametersOf(theta) as TreeLike<Theta>);
      const { state, status, iterations, error } = ended.outcome!;
      return { x, state, status, iterations, error, compilation: compilationOf(solver.routines), report };
    },
    init: (x0, ...theta) => {
      begin(0);
      return solver.init(startingPoint(x0, name) as X, parametersOf(theta));
    },
    update: (x, state, ...theta) => {
      resume(0);
      return solver.update(tree.map((leaf) => leaf, x) as X, state, parametersOf(theta)) as Update<
        Tensors<X>,
        S
      >;
    },
  };
  return made;
}

function notConverged<X, S>(
  outcome: Outcome<X, S>,
  compilation: Compilation,
  report: ImplicitReport,
  options: SolverOptions<X, S>,
): NotConvergedError<X> {
  const { tolerance } = stoppingOptions(options, report.name);
  const { status, iterations, error } = outcome;
  return new NotConvergedError(
    `${report.name}: ${status} after ${String(iterations)} iterations: error ${error.toExponential(1)}, tolerance ` +
      `${tolerance.toExponential(1)}. ${advice[status]}. The point that was reached is in this error's solution; ` +
      'onFailure: "return" returns it instead',
    { ...outcome, x: outcome.x as Tensors<X>, compilation, report },
  );
}

const advice: { readonly [S in Status]: string } = {
  converged: "The tolerance was met",
  maxIterations: "Allow more maxIterations, scale the problem better, or loosen the tolerance",
  stalled:
    "Rounding allows no smaller error: loosen the tolerance, or scale the problem better (or fun has a kink there)",
  lineSearchFailed: "Does the gradient belong to fun, and is fun smooth? Non-smooth terms belong in prox",
  diverged: "Take a smaller stepSize (or none: then it is searched for); is the problem bounded below?",
  nonFinite: "fun or its gradient is NaN or infinite there: check the data, the domain of fun and x0",
};
