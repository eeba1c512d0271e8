import type { Trace } from "@cotangent/core-tensor";
import { BatchTrace } from "@cotangent/autodiff";
import { cg, type Method } from "../methods/index.js";
import { compose, type LinearOperator, type Space } from "../operators/index.js";
import { LinearSystem } from "../system/index.js";
import { Engine } from "./engine.js";

/** A x = b for any b: the operator, which may be traced, and the engine that knows its numbers. */
export interface Problem {
  readonly operator: () => LinearOperator;
  readonly domain: Space;
  readonly codomain: Space;
  readonly engine: Engine;
  /** The engine for the examples that are looked at, where A depends on a batch; else `engine`. */
  readonly numbers: () => Engine;
  /** The engine was made for A^T. */
  readonly flipped: boolean;
  /** What the operator depends on. */
  readonly traces: readonly Trace[];
  /** A^T x = b, with the same preparation. */
  readonly transposed: () => Problem;
  /** A^T A x = b, with the same preparation: where A is not square. */
  readonly normal: () => Problem;
}

/** The problem that an engine solves. */
export function problemOf(operator: LinearOperator, engine: Engine): Problem {
  const { system } = engine;
  let normal: Problem | undefined;
  // As A^T: what A depends on can only be seen while nothing of it is held.
  const isTracedLeastSquares = system.rows !== system.columns && system.traces.length > 0;
  const { domain, codomain } = operator;
  const problem: Problem = {
    operator: () => operator,
    domain,
    codomain,
    engine,
    numbers: enginesOf(engine),
    flipped: false,
    traces: system.traces,
    transposed: () => flipped,
    normal: () => (normal ??= normalOf(problem)),
  };
  const flipped: Problem = {
    ...problem,
    // Made only where it is applied. A getter would make V8 keep what it closes over through many collections of garbage.
    operator: () => system.transposed,
    domain: codomain,
    codomain: domain,
    flipped: true,
    transposed: () => problem,
  };
  if (isTracedLeastSquares) normal = normalOf(problem);
  return problem;
}

function normalOf({ operator, engine, numbers }: Problem): Problem {
  const squared = compose(engine.system.transposed, operator());
  const system = new LinearSystem({ operator: squared, claims: { symmetric: true, positiveDefinite: true } });
  // Prepared when it is first used, so that the report of a solve counts the factorisation.
  const method: Method = {
    name: engine.settings.method.name,
    prepare: (squares) => (numbers().normal ?? cg()).prepare(squares),
  };
  const settings = { ...engine.settings, method };
  return problemOf(squared, new Engine(system, settings, undefined));
}

/** One engine, or where A is a batch of matrices one for each of them. */
function enginesOf(engine: Engine): () => Engine {
  const batches = engine.system.traces.filter((trace) => trace instanceof BatchTrace);
  if (batches.length === 0) return () => engine;
  const engines = new Map<string, Engine>();
  return () => {
    const key = batches.map(({ example }) => String(example)).join();
    const known = engines.get(key) ?? engine.renewed();
    engines.set(key, known);
    return known;
  };
}
