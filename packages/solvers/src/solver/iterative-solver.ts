import type { Conditions } from "@cotangent/implicit";
import type { Routines } from "./routines.js";
import type { Status } from "./solution.js";

/** What every solver's state tells the loop. A solver keeps what else it needs beside it. */
export interface SolverState {
  /** Number of updates done. */
  readonly iterations: number;
  /** How far from optimal the last update found its starting point; Infinity before the first one. */
  readonly error: number;
  /** Why the last update could not be made, if it could not. */
  readonly failure?: Extract<Status, "lineSearchFailed" | "nonFinite"> | undefined;
}

/** One update: the next point, and the state that belongs to it. */
export interface Update<X, S> {
  readonly x: X;
  readonly state: S;
}

/**
 * An algorithm, as an object with the same three parts for every solver: a first state, an update, and the conditions
 * that hold where the updates lead. `createSolver` turns it into a solver with a `run`.
 */
export interface IterativeSolver<X, Theta, S extends SolverState> {
  /** For messages and reports. */
  readonly name: string;
  /** The functions that updates call again and again and that are compiled: a run begins for them where `init` is called. */
  readonly routines?: Routines;
  /** The state before the first update. */
  init(x0: X, theta: Theta): S;
  /** One iteration, a pure function. One that fails returns x as it was, and a state with the reason. */
  update(x: X, state: S, theta: Theta): Update<X, S>;
  /** What holds at a solution: the derivative follows from it. */
  readonly conditions: Conditions<X, Theta>;
  /** The same conditions, scaled by what the solver has learnt (its step): a better conditioned linear system. */
  conditionsAt?(state: S): Conditions<X, Theta>;
}
