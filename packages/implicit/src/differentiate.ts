import {
  neg,
  tracedOf,
  tracing,
  TracedValueError,
  zerosLike,
  type Tensor,
  type Trace,
} from "@cotangent/core-tensor";
import { innermostJvp, joinTangents, tree } from "@cotangent/autodiff";
import { jacobian, type LinearOperator, type SolveReport } from "@cotangent/linsolve";
import type { Adjoint, AdjointProblem } from "./adjoints/index.js";
import { certifySolution, type CertifyOptions } from "./certificate.js";
import type { Conditions } from "./conditions/index.js";
import { DerivativeError } from "./errors/errors.js";
import { plain } from "./plain.js";
import type { ImplicitReport } from "./report.js";

/** Everything that a derivative needs besides the point. */
interface Setting {
  readonly name: string;
  readonly conditions: Conditions<unknown, unknown>;
  readonly tangent: NonNullable<Adjoint["tangent"]>;
  readonly usesOperator: boolean;
  readonly certify: CertifyOptions | false;
  readonly onFailure: "throw" | "return";
  readonly report: ImplicitReport;
}

/**
 * Gives the plain solution x the derivatives that it inherits from theta.
 *
 * Works from the outermost transformation inwards: at each level x already carries the derivatives of all levels below,
 * so that the linear system there, (dF/dx) dx = -(dF/dtheta) dtheta, is itself differentiated correctly by `linearSolve`.
 * That makes every order work.
 */
export function differentiate(setting: Setting, x: tree.Flat, theta: tree.Flat): readonly Tensor[] {
  const trace = innermostJvp(theta.leaves, setting.name);
  if (trace === undefined) {
    if (tracing()) checkClosures(setting, residualAt(setting, x, theta), []);
    return x.leaves;
  }
  const below: tree.Flat = { ...theta, leaves: theta.leaves.map((leaf) => trace.primalOf(leaf)) };
  const lower: tree.Flat = { ...x, leaves: differentiate(setting, x, below) };
  const residual = residualAt(setting, lower, theta);
  checkClosures(setting, residual, theta.leaves);
  const tangents = residual.leaves.map((leaf) => trace.tangentOf(leaf));
  if (tangents.every((tangent) => tangent === null)) return lower.leaves;

  const operator = setting.usesOperator ? operatorAt(setting, lower, below) : undefined;
  // Once, at the outermost transformation that the conditions depend on.
  if (setting.certify !== false && setting.report.distance === null) {
    const at = (flat: tree.Flat): unknown => tree.unflatten(flat.structure, flat.leaves.map(plain));
    certifySolution({ x: at(x), residual: at(residual), operator }, setting.report, setting.certify);
  }
  const rhs = tangents.map((tangent, i) => (tangent === null ? zerosLike(lower.leaves[i]!) : neg(tangent)));
  const dx = setting.tangent(problemOf(setting, operator, tree.unflatten(x.structure, rhs)));
  return joinTangents(trace, lower.leaves, tree.flattenLike(lower, dx, `${setting.name}: dx`));
}

/** F(x, theta), checked to be a tree like x. */
function residualAt({ name, conditions }: Setting, x: tree.Flat, theta: tree.Flat): tree.Flat {
  const at = (flat: tree.Flat): unknown => tree.unflatten(flat.structure, flat.leaves);
  const leaves = tree.flattenLike(x, conditions.residual(at(x), at(theta)), `${name}: conditions`);
  return { structure: x.structure, leaves };
}

/** dF/dx at the solution: linearised once, then only replayed. */
function operatorAt({ conditions }: Setting, x: tree.Flat, theta: tree.Flat): LinearOperator {
  const parameters = tree.unflatten(theta.structure, theta.leaves);
  return jacobian(
    (point: unknown) => conditions.residual(point, parameters),
    tree.unflatten(x.structure, x.leaves),
    conditions.claims,
  );
}

function problemOf(setting: Setting, operator: LinearOperator | undefined, rhs: unknown): AdjointProblem {
  return {
    conditions: setting.conditions as unknown as Conditions<never, never>,
    operator: operator as LinearOperator,
    rhs,
    onReport: (report) => {
      setting.report.solves.push(report);
      if (setting.onFailure === "throw" && report.status !== "converged") throw failure(setting, report);
    },
  };
}

/** The conditions may depend on traced values through theta only: what they capture, `solve` was never told of. */
function checkClosures({ name }: Setting, residual: tree.Flat, theta: readonly Tensor[]): void {
  const known = tracesOf(theta);
  for (const trace of tracesOf(residual.leaves)) {
    if (known.has(trace)) continue;
    throw new TracedValueError(
      `${name}: the conditions close over a value traced by ${trace.name}, and its derivative would be lost. ` +
        "Pass it in through theta, or apply stopGradient to it",
    );
  }
}

function tracesOf(leaves: readonly Tensor[]): Set<Trace> {
  const traces = new Set<Trace>();
  for (const leaf of leaves) {
    for (let traced = tracedOf(leaf); traced !== undefined;) {
      traces.add(traced.trace);
      traced = traced.primal === undefined ? undefined : tracedOf(traced.primal);
    }
  }
  return traces;
}

function failure({ name, report }: Setting, solve: SolveReport): DerivativeError {
  return new DerivativeError(
    `${name}: the linear system of the derivative, (dF/dx) dx = -(dF/dtheta) dtheta, was not solved: ` +
      `${solve.status} (${solve.method}, relative residual ${solve.relativeResidual.toExponential(1)}): ${solve.because}. ` +
      (solve.status === "singular"
        ? "Where dF/dx is singular the solution is not unique, or not differentiable: regularise the problem"
        : "Try another adjoint (direct, krylov with more iterations), or check the scaling of the problem"),
    report,
  );
}
