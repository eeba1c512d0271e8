import {
  hold,
  neg,
  onesLike,
  tracedOf,
  tracing,
  TracedValueError,
  zerosLike,
  type Origin,
  type Tensor,
  type Trace,
} from "@cotangent/core-tensor";
import { BatchTrace, eachExample, innermostTrace, joinTangents, tree } from "@cotangent/autodiff";
import { jacobianFor, type SolveReport } from "@cotangent/linsolve";
import type { AdjointSystem, ConditionsAdjoint } from "./adjoints/index.js";
import { certifySolution, type CertifyOptions } from "./certificate.js";
import type { Conditions } from "./conditions/index.js";
import { DerivativeError } from "./errors/errors.js";
import { plain } from "./plain.js";
import { replayed } from "./replayed.js";
import type { ImplicitReport } from "./report.js";

/** Everything that a derivative needs besides the point. */
interface Setting {
  readonly name: string;
  /** The black box, run on plain numbers. */
  readonly solve: (theta: tree.Flat) => tree.Flat;
  readonly conditions: Conditions<unknown, unknown>;
  readonly adjoint: ConditionsAdjoint;
  readonly certify: CertifyOptions | false;
  readonly onFailure: "throw" | "return";
  readonly report: ImplicitReport;
}

/**
 * The solution with the derivatives that it inherits from theta.
 *
 * Works from the outermost transformation inwards: at each level x already carries the derivatives of all levels below,
 * so that the linear system there, (dF/dx) dx = -(dF/dtheta) dtheta, is itself differentiated correctly by `linearSolve`.
 * That makes every order work. Of a batch, each example is solved on its own.
 */
export function differentiableSolution(setting: Setting, theta: tree.Flat): tree.Flat {
  const trace = innermostTrace(theta.leaves, setting.name);
  if (trace === undefined) {
    const x = setting.solve(theta);
    if (tracing()) checkClosures(setting, residualAt(setting, x, theta), theta.leaves);
    return x;
  }
  if (trace instanceof BatchTrace) {
    let structure: tree.Structure | undefined;
    const example = () => {
      const x = differentiableSolution(setting, theta);
      structure = x.structure;
      return x.leaves;
    };
    const leaves = eachExample(trace, example, setting.name);
    return { leaves, structure: structure! };
  }
  const below: tree.Flat = { ...theta, leaves: theta.leaves.map((leaf) => trace.primalOf(leaf)) };
  const lower = differentiableSolution(setting, below);
  const residual = residualAt(setting, lower, theta);
  checkClosures(setting, residual, theta.leaves);
  const tangents = residual.leaves.map((leaf) => trace.tangentOf(leaf));
  const solver = setting.adjoint.prepare(systemAt(setting, lower, below, trace.origin));
  if (tangents.every((tangent) => tangent === null)) {
    // dF/dtheta = 0 means dx = 0 only where dF/dx is regular: else x may well move with theta. Any solve finds out.
    if (setting.certify !== false) {
      const ones = lower.leaves.map((leaf) => onesLike(leaf));
      solver.tangent(tree.unflatten(lower.structure, ones));
    }
    return lower;
  }
  // Once, at the outermost transformation that the conditions depend on.
  if (setting.certify !== false && setting.report.distance === null) {
    certifyExamples(setting, setting.certify, { x: lower, residual, estimate: solver.estimate });
  }
  const rhs = tangents.map((tangent, i) => (tangent === null ? zerosLike(lower.leaves[i]!) : neg(tangent)));
  const dx = solver.tangent(tree.unflatten(lower.structure, rhs));
  const leaves = joinTangents(trace, lower.leaves, tree.flattenLike(lower, dx, `${setting.name}: dx`));
  return { ...lower, leaves };
}

/** Certifies the solution, or that of each example of a batch; the report keeps the one that is farthest off. */
function certifyExamples(
  setting: Setting,
  options: CertifyOptions,
  { x, residual, estimate }: { x: tree.Flat; residual: tree.Flat; estimate: (rhs: unknown) => unknown },
): void {
  const { report } = setting;
  const at = (flat: tree.Flat): unknown => tree.unflatten(flat.structure, flat.leaves.map(plain));
  let worst: Pick<ImplicitReport, "residual" | "distance"> | undefined;
  const certify = (): void => {
    const batch = [...tracesOf([...x.leaves, ...residual.leaves])].find(
      (trace) => trace instanceof BatchTrace && trace.held === 0,
    );
    if (batch instanceof BatchTrace) {
      for (let k = 0; k < batch.size; k++) hold([batch.onlyExample(k)], certify);
      return;
    }
    certifySolution({ x: at(x), residual: at(residual), estimate }, report, options);
    if (worst === undefined || (report.distance ?? 0) > (worst.distance ?? 0)) {
      worst = { residual: report.residual, distance: report.distance };
    }
  };
  certify();
  Object.assign(report, worst);
}

/** F(x, theta), checked to be a tree like x. */
function residualAt({ name, conditions }: Setting, x: tree.Flat, theta: tree.Flat): tree.Flat {
  const at = (flat: tree.Flat): unknown => tree.unflatten(flat.structure, flat.leaves);
  const leaves = tree.flattenLike(x, conditions.residual(at(x), at(theta)), `${name}: conditions`);
  return { structure: x.structure, leaves };
}

/** The linear system at a solution; dF/dx is linearised once, then only replayed. */
function systemAt(setting: Setting, x: tree.Flat, theta: tree.Flat, origin: Origin): AdjointSystem {
  const { conditions, report, onFailure } = setting;
  const parameters = tree.unflatten(theta.structure, theta.leaves);
  return {
    conditions,
    operator: () =>
      replayed(
        jacobianFor(
          (point: unknown) => conditions.residual(point, parameters),
          tree.unflatten(x.structure, x.leaves),
          conditions.claims,
          { ...origin, name: "linearize" },
        ),
      ),
    onReport: (solve) => {
      report.solves.push(solve);
      if (onFailure === "throw" && solve.status !== "converged") throw failure(setting, solve);
    },
    onEstimate: (solve) => {
      report.certificate = solve;
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
      const below: Tensor | undefined = traced.primal ?? traced.whole;
      traced = below === undefined ? undefined : tracedOf(below);
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
