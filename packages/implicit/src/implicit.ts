import { UnknownValueError, ValueError, type Tensor } from "@cotangent/core-tensor";
import { isRecorded, tree, type Tensors, type TreeLike } from "@cotangent/autodiff";
import { auto, type Adjoint } from "./adjoints/index.js";
import type { CertifyOptions } from "./certificate.js";
import { checkUnrolled } from "./check-unrolled.js";
import type { Conditions } from "./conditions/index.js";
import { differentiableSolution } from "./differentiate.js";
import { AdjointError } from "./errors/errors.js";
import { emptyReport, type ImplicitReport } from "./report.js";
import { recordedSolution } from "./recorded-solution.js";
import { afterRun } from "./after-run.js";
import { solveConcretely } from "./solve-concretely.js";

/** A solver, what holds at its answer, and how to differentiate. */
export interface ImplicitOptions<Theta, X> {
  /** Any solver, a black box: it is never traced (but by `unroll`), and gets plain numbers. */
  readonly solve: (theta: Theta) => X;
  /** What holds at its answer. */
  readonly conditions: Conditions<X, Theta>;
  /**
   * theta -> a tree like the answer (its numbers do not matter). Needed inside of `jit`, where shapes have to be known
   * before solve runs.
   */
  readonly like?: (theta: Theta) => TreeLike<X>;
  /** @defaultValue auto() */
  readonly adjoint?: Adjoint;
  /** Check, when a derivative is taken, that x is near a solution; false to trust it. @defaultValue { tolerance: 1e-3 } */
  readonly certify?: CertifyOptions | false;
  /** What to do when the derivative's linear system cannot be solved. @defaultValue "throw" */
  readonly onFailure?: "throw" | "return";
  /** For messages and reports. @defaultValue "implicit" */
  readonly name?: string;
}

/** theta -> x*(theta), differentiable in theta. */
export interface ImplicitFunction<Theta, X> {
  (theta: TreeLike<Theta>): Tensors<X>;
  /** The solution with its report, to which the linear solves of later derivatives are added as they run. */
  withReport(theta: TreeLike<Theta>): { x: Tensors<X>; report: ImplicitReport };
}

/**
 * Makes the solution of a problem differentiable in its parameters:
 *
 *     x*(theta) with F(x*, theta) = 0,      dx* = -(dF/dx)^-1 (dF/dtheta) dtheta.
 *
 * `solve` may be anything; the derivative follows from the conditions alone and costs one linear solve. The result
 * works under every transformation, to any order, and in both modes; theta is any tree, of which leaves that are not
 * differentiated cost nothing. Under vmap each example is solved, and its derivative taken, on its own. Inside of `jit` it
 * needs the option `like`, and runs as it is when the compiled function does; its report is then that of the last run.
 *
 * Source: Blondel et al., "Efficient and Modular Implicit Differentiation" (2022), sec. 2.
 *
 * @throws SolutionError when solve returns NaN or something that is not a tree
 * @throws ConditionsError when the conditions do not hold there
 * @throws DerivativeError when dF/dx is singular, or its solve fails
 * @throws TracedValueError when solve or the conditions close over a value that is being differentiated
 * @example
 * ```ts
 * // the square root, by Heron's method, which Cotangent does not see
 * const heron = (theta: Tensor) => {
 *   let x = 1;
 *   for (let k = 0; k < 30; k++) x = (x + theta.item() / x) / 2;
 *   return tensor(x);
 * };
 * const squareRoot = implicit({ solve: heron, conditions: root((x: Tensor, theta: Tensor) => x.square().sub(theta)) });
 * squareRoot(9).item(); // => 3
 * grad(squareRoot)(4).item(); // => 0.25
 * ```
 */
export function implicit<Theta, X>(options: ImplicitOptions<Theta, X>): ImplicitFunction<Theta, X> {
  const { solve, conditions, adjoint = auto(), name = "implicit" } = options;
  checkOptions(options, adjoint, name);
  if (adjoint.differentiates === "conditions") adjoint.check?.(conditions);
  const withReport = (theta: TreeLike<Theta>): { x: Tensors<X>; report: ImplicitReport } => {
    const flat = tree.flatten(theta, `${name}: theta`);
    if (isRecorded(flat.leaves) && (options.like !== undefined || adjoint.differentiates !== "solve")) {
      return recorded(options, flat, name, withReport);
    }
    const report = emptyReport(name, adjoint.name, conditions.name);
    if (adjoint.differentiates === "solve") {
      const x = tree.flatten(
        solve(tree.unflatten(flat.structure, flat.leaves) as Theta),
        `${name}: solution`,
      );
      checkUnrolled(conditions, x, flat, name);
      return { x: tree.unflatten(x.structure, x.leaves) as Tensors<X>, report };
    }
    const x = differentiableSolution(
      {
        name,
        solve: (plainTheta) => solveConcretely(solve as (theta: unknown) => unknown, plainTheta, name),
        conditions,
        adjoint,
        certify: options.certify ?? {},
        onFailure: options.onFailure ?? "throw",
        report,
      },
      flat,
    );
    return { x: tree.unflatten(x.structure, x.leaves) as Tensors<X>, report };
  };
  return Object.assign((theta: TreeLike<Theta>) => withReport(theta).x, { withReport });
}

/** The same while a program is recorded: a line of it, whose report is that of its last run. */
function recorded<Theta, X>(
  { like, conditions }: ImplicitOptions<Theta, X>,
  { structure, leaves: inputs }: tree.Flat,
  name: string,
  run: ImplicitFunction<Theta, X>["withReport"],
): ReturnType<ImplicitFunction<Theta, X>["withReport"]> {
  if (like === undefined) {
    throw new UnknownValueError(
      `${name}: inside of jit solve runs later, when the compiled function does, but the shapes of its answer have to be ` +
        "known now. Give the option like: (theta) => a tree like the answer; or call it outside of jit",
    );
  }
  const thetaOf = (leaves: readonly Tensor[]) => tree.unflatten(structure, leaves) as never;
  const last: { report?: ImplicitReport | undefined } = {};
  const x = recordedSolution({
    name,
    inputs,
    like: tree.flatten(like(thetaOf(inputs)), `${name}: like`),
    residual: (at, leaves) => conditions.residual(at as never, thetaOf(leaves)),
    solve: (leaves) => {
      last.report = undefined;
      const solution = run(thetaOf(leaves));
      last.report = solution.report;
      return solution.x;
    },
  });
  return {
    x: tree.unflatten(x.structure, x.leaves) as Tensors<X>,
    get report() {
      return afterRun(last.report, name, "report");
    },
  };
}

/** Refuses, at the door, what would else fail deep inside of a derivative, or be taken for `unroll()`. */
function checkOptions(options: unknown, adjoint: unknown, name: string): void {
  const { solve, conditions } = options as { solve?: unknown; conditions?: { residual?: unknown } };
  if (typeof solve !== "function") {
    throw new ValueError(`${name}: solve must be a function theta -> x, got ${typeof solve}`);
  }
  if (typeof conditions?.residual !== "function") {
    throw new ValueError(
      `${name}: conditions must be made by root(F), fixedPoint(T), stationary(f), ..., got ${typeof conditions}`,
    );
  }
  if (typeof (adjoint as { differentiates?: unknown } | null)?.differentiates !== "string") {
    throw new AdjointError(
      `${name}: adjoint must be made by auto(), direct(), krylov(), oneStep() or unroll(), got ${typeof adjoint}`,
    );
  }
}
