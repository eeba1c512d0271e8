import {
  checkTraced,
  hold,
  neg,
  peel,
  sub,
  topTrace,
  tracedOf,
  type Tensor,
  type Trace,
} from "@cotangent/core-tensor";
import {
  BatchTrace,
  eachExample,
  isRecorded,
  JvpTrace,
  linearCall,
  opaque,
  refuseSeries,
  type LinearCall,
} from "@cotangent/autodiff";
import { fromCoordinates, leavesIn, toCoordinates, treeIn, type LinearOperator } from "../operators/index.js";
import type { Problem } from "./problem.js";

type Leaves = readonly Tensor[];

/**
 * x with A x = b, differentiable in b and in what A depends on. For the innermost trace T among these:
 *
 *     x  = A^-1 b                 at the level below, where T is held
 *     dx = A^-1 (db - dA x)       where db - dA x is what T says of b - A x, with x fixed
 *
 * dx is a linear call: on a tape one line, whose transpose is a solve with A^T. Each of these solves is one at a lower
 * level, so derivatives of every order come out of this one rule.
 *
 * For least squares the equations are A^T (b - A x) = 0, and
 *
 *     dx = (A^T A)^-1 (what T says of A^T (b - A x), with x fixed)
 *
 * Where T is a batch, its examples are solved one after the other, with one preparation if A is the same for all. Where a
 * program is recorded, the solve is a line of it.
 */
export function solveTraced(problem: Problem, b: Leaves): Leaves {
  const leaves = b.map(peel);
  const top = innermost(leaves, problem.traces);
  if (top === undefined) return solveNumbers(problem, leaves);
  if (top instanceof JvpTrace) return solveDual(problem, leaves, top);
  if (isRecorded(leaves)) return record(problem, leaves);
  if (top instanceof BatchTrace) {
    const one = () => solveTraced(problem, leaves);
    return eachExample(top, one, "linearSolve", problem.domain.leaves);
  }
  refuseSeries(top, "linearSolve");
  return solveTangent(problem, leaves, top);
}

/** A is known and b is not, while a program is recorded: a line of it, which solves with the preparation there is. */
function record(problem: Problem, b: Leaves): Leaves {
  const apply = (r: Leaves): Leaves => solveTraced(problem, r);
  return opaque({ name: "linearSolve", outputs: problem.domain.leaves, linear: b.length, apply }, b);
}

function solveNumbers({ domain, codomain, numbers, flipped }: Problem, b: Leaves): Leaves {
  const x = numbers().solve(toCoordinates(codomain, b), flipped);
  return fromCoordinates(domain, x);
}

function solveDual(problem: Problem, b: Leaves, trace: JvpTrace): Leaves {
  const x = hold([trace], () => solveTraced(problem, b));
  const { equations, rule } = isSquare(problem)
    ? { equations: residual(problem, b, x, trace), rule: problem }
    : { equations: normalResidual(problem, b, x, trace), rule: problem.normal() };
  if (equations.every((t) => t === null)) return x;
  const { codomain } = rule;
  const zero = fromCoordinates(codomain, new Float64Array(codomain.size));
  const dx = linearCall(
    solveCall(rule, trace),
    equations.map((t, i) => t ?? zero[i]!),
  );
  return x.map((leaf, i) => trace.dual(leaf, dx[i]!));
}

/** db - dA x, null where it is zero */
function residual(problem: Problem, b: Leaves, x: Leaves, trace: JvpTrace): (Tensor | null)[] {
  const product = problem.traces.includes(trace) ? apply(problem.operator(), x) : undefined;
  return b.map((leaf, i) => {
    const ofB = trace.tangentOf(leaf);
    const ofA = product === undefined ? null : trace.tangentOf(product[i]!);
    if (ofA === null) return ofB;
    return ofB === null ? neg(ofA) : sub(ofB, ofA);
  });
}

/** d(A^T (b - A x)) with x fixed */
function normalResidual(
  { operator, engine }: Problem,
  b: Leaves,
  x: Leaves,
  trace: JvpTrace,
): (Tensor | null)[] {
  const product = apply(operator(), x);
  const r = b.map((leaf, i) => sub(leaf, product[i]!));
  return apply(engine.system.transposed, r).map((leaf) => trace.tangentOf(leaf));
}

/** r -> A^-1 r as one line of a tape, which may be played when `trace` has long returned. */
function solveCall(problem: Problem, trace: JvpTrace): LinearCall {
  return {
    name: "linearSolve",
    outputs: problem.domain.leaves,
    apply: (r) => hold([trace], () => solveTraced(problem, r)),
    transpose: (ct) => hold([trace], () => solveTraced(problem.transposed(), ct)),
  };
}

/** b is a variable of a tape: x is linear in it. */
function solveTangent(problem: Problem, b: Leaves, top: Trace): Leaves {
  // An operator whose numbers are not known cannot be solved with; reading them says so.
  if (topTrace(b) !== top) return solveNumbers(problem, b);
  if (!isSquare(problem)) {
    return solveTraced(problem.normal(), apply(problem.engine.system.transposed, b));
  }
  const again = (at: Problem) => (r: Leaves) =>
    topTrace(r.map(peel)) === top ? solveNumbers(at, r) : solveTraced(at, r);
  return linearCall(
    {
      name: "linearSolve",
      outputs: problem.domain.leaves,
      apply: again(problem),
      transpose: (ct) => again(problem.transposed())(ct),
    },
    b,
  );
}

/** The innermost of the traces that b belongs to or that A depends on, and that are not held. */
function innermost(b: Leaves, ofA: readonly Trace[]): Trace | undefined {
  for (const leaf of b) {
    const traced = tracedOf(leaf);
    if (traced !== undefined) checkTraced(traced, "linearSolve");
  }
  let top = topTrace(b);
  for (const trace of ofA) {
    if (trace.held === 0 && (top === undefined || trace.level > top.level)) top = trace;
  }
  return top;
}

function apply(operator: LinearOperator, x: Leaves): Leaves {
  const y = operator.apply(treeIn(operator.domain, x));
  return leavesIn(operator.codomain, y, `${operator.name}: result`).map(peel);
}

function isSquare({ domain, codomain }: Problem): boolean {
  return domain.size === codomain.size;
}
