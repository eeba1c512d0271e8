import type { Tensor } from "@cotangent/core-tensor";
import { tree, type Tensors } from "@cotangent/autodiff";
import { afterRun, recordedSolution, type Conditions } from "@cotangent/implicit";
import type { Solution } from "./solution.js";

/** What is needed of a solver. */
interface Runnable<X, Theta, S> {
  readonly name: string;
  readonly conditions: Conditions<X, Theta>;
  readonly run: (x0: never, theta: never) => Solution<X, S>;
}

/**
 * A run while a program is recorded: a line of it, which runs the solver. x is like x0; everything else depends on numbers,
 * and is what the last run left behind.
 */
export function recordedRun<X, Theta, S>(
  { name, conditions, run }: Runnable<X, Theta, S>,
  x0: unknown,
  theta: unknown,
): Solution<X, S> {
  const { leaves, structure } = tree.flatten([x0, theta], `${name}: x0 and theta`);
  const argumentsOf = (inputs: readonly Tensor[]) => tree.unflatten(structure, inputs) as [never, never];
  const last: { run?: Omit<Solution<X, S>, "x"> | undefined } = {};
  const { leaves: solved, structure: ofX } = recordedSolution({
    name,
    inputs: leaves,
    like: tree.flatten(x0),
    residual: (x, inputs) => conditions.residual(x as X, argumentsOf(inputs)[1]),
    solve: (inputs) => {
      last.run = undefined;
      const { x, ...rest } = run(...argumentsOf(inputs));
      last.run = rest;
      return x;
    },
  });
  const of = <K extends keyof Omit<Solution<X, S>, "x">>(what: K) =>
    afterRun(last.run, name, `solution.${what}`)[what];
  return {
    x: tree.unflatten(ofX, solved) as Tensors<X>,
    get status() {
      return of("status");
    },
    get iterations() {
      return of("iterations");
    },
    get error() {
      return of("error");
    },
    get state() {
      return of("state");
    },
    get compilation() {
      return of("compilation");
    },
    get report() {
      return of("report");
    },
  };
}
