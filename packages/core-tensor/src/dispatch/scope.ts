import { LeakedValueError, TracedValueError } from "../errors/index.js";
import { formatShape } from "../shape/index.js";
import { formatOrigin } from "./origin.js";
import type { Trace, Traced } from "./trace.js";

let depth = 0;
let floor = 0;
let held: readonly Trace[] = [];
let live: readonly Trace[] = [];
let claiming: Trace | undefined;

/**
 * Runs `body` with a new, innermost trace, which is dead afterwards.
 *
 * @example
 * ```ts
 * // counts operations: each is run one level down, by `bind`, on what its inputs stand for
 * let count = 0;
 * withTrace<Trace, void>(
 *   (level) => ({
 *     name: "count",
 *     level,
 *     alive: true,
 *     held: 0,
 *     process(primitive, inputs, params) {
 *       count += 1;
 *       return bind(primitive, inputs.map((x) => tracedOf(x)?.primal ?? x), params);
 *     },
 *   }),
 *   (trace) => {
 *     const x = new Tensor([], "float64", { trace, primal: tensor(2) });
 *     x.exp(); // => 7.3890561
 *   },
 * );
 * count; // => 1
 * ```
 */
export function withTrace<T extends Trace, R>(create: (level: number) => T, body: (trace: T) => R): R {
  const before = { live, claiming };
  depth += 1;
  const trace = create(depth);
  live = [...live, trace];
  if (trace.claims === true) claiming = trace;
  try {
    return body(trace);
  } finally {
    trace.alive = false;
    ({ live, claiming } = before);
    depth -= 1;
  }
}

/**
 * The traces that are running, outermost first.
 *
 * @example
 * ```ts
 * liveTraces().length; // => 0
 * jvp((x: Tensor) => {
 *   liveTraces().map(({ name }) => name); // => ["jvp"]
 *   return x;
 * }, [1], [1]);
 * ```
 */
export function liveTraces(): readonly Trace[] {
  return live;
}

/** The innermost running trace that also gets the operations on values of outer traces. */
export function claimingTrace(): Trace | undefined {
  return claiming;
}

/**
 * Remembers which traces are running. What it returns takes them up again for the time of `body`, as if they had never
 * ended: code that closes over their tensors can so be run once more.
 *
 * @example
 * ```ts
 * let later = () => 0;
 * jvp((x: Tensor) => {
 *   const resume = resumable();
 *   later = () => resume(() => x.mul(2).item());
 *   return x;
 * }, [3], [1]);
 * later(); // => 6
 * ```
 */
export function resumable(): <R>(body: () => R) => R {
  const then = { depth, floor, live, claiming };
  return (body) => {
    const now = { depth, floor, live, claiming };
    const ended = then.live.filter((trace) => !trace.alive);
    ({ depth, floor, live, claiming } = then);
    for (const trace of ended) trace.alive = true;
    try {
      return body();
    } finally {
      for (const trace of ended) trace.alive = false;
      ({ depth, floor, live, claiming } = now);
    }
  };
}

/**
 * Runs `body` while `traces` stand still: their tensors count as their primals and nothing is recorded on them.
 * This is how an operator that closes over traced values is applied at the level below.
 *
 * @example
 * ```ts
 * // d/dx (x + 1): the held factor counts as the number that it is
 * grad((x: Tensor) => x.add(hold(liveTraces(), () => x.square())))(3); // => 1
 * ```
 */
export function hold<R>(traces: readonly Trace[], body: () => R): R {
  const before = held;
  held = [...held, ...traces];
  for (const trace of traces) trace.held += 1;
  try {
    return body();
  } finally {
    for (const trace of traces) trace.held -= 1;
    held = before;
  }
}

/**
 * The traces that stand still now: code that is kept to be run later must hold the same ones then.
 *
 * @example
 * ```ts
 * grad((x: Tensor) => {
 *   hold(liveTraces(), () => heldTraces().length > 0); // => true
 *   return x;
 * })(1);
 * ```
 */
export function heldTraces(): readonly Trace[] {
  return held;
}

/**
 * Runs a black box that must not meet any tensor traced outside of it; one that does throws TracedValueError.
 *
 * @example
 * ```ts
 * let refused = false;
 * grad((x: Tensor) => {
 *   try {
 *     isolate(() => x.mul(2));
 *   } catch (error) {
 *     refused = error instanceof TracedValueError;
 *   }
 *   return x;
 * })(1);
 * refused; // => true
 * ```
 */
export function isolate<R>(body: () => R): R {
  const before = floor;
  floor = depth;
  try {
    return body();
  } finally {
    floor = before;
  }
}

/**
 * Is any transformation running? When not, no tensor but a leaked one can be traced.
 *
 * @example
 * ```ts
 * tracing(); // => false
 * grad((x: Tensor) => {
 *   tracing(); // => true
 *   return x;
 * })(1);
 * ```
 */
export function tracing(): boolean {
  return depth > 0;
}

/**
 * Refuses a traced tensor where it may not be used.
 *
 * @throws TracedValueError inside of `isolate`
 * @throws LeakedValueError after the transformation that it belongs to has returned
 * @example
 * ```ts
 * let leaked = tensor(0);
 * grad((x: Tensor) => (leaked = x))(1);
 * let message = "";
 * try {
 *   checkTraced(tracedOf(leaked)!, "example");
 * } catch (error) {
 *   message = (error as LeakedValueError).message;
 * }
 * message.includes("is used after that transformation returned"); // => true
 * ```
 */
export function checkTraced(traced: Traced, where: string): void {
  const { trace } = traced;
  if (trace.level <= floor) {
    throw new TracedValueError(
      `${where}: ${describe(traced)}, reached a black box (a solve, or a callback of one) that is not ` +
        "differentiated. It was probably captured by a closure: pass it in through theta instead, or apply " +
        "stopGradient to it if its derivative is not wanted",
    );
  }
  if (!trace.alive) {
    throw new LeakedValueError(where, describe(traced));
  }
}

/** `a value of shape [3] made by mul inside of grad, called at file:line:column`, for messages. */
function describe({ trace, madeBy, primal, whole }: Traced): string {
  const shape = primal?.shape ?? whole?.shape.slice(1);
  const what = shape === undefined ? "a value" : `a value of shape ${formatShape(shape)}`;
  const maker = madeBy === undefined ? "that is an argument" : `made by ${madeBy}`;
  return `${what} ${maker} inside of ${formatOrigin(trace.origin ?? { name: trace.name, place: () => undefined })}`;
}
