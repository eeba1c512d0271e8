import { LeakedValueError, type Tensor } from "@cotangent/core-tensor";
import { RuleError } from "../errors/errors.js";
import { BatchTrace } from "../batch/batch-trace.js";
import { Lift, loweredTree, raisedTree } from "../batch/lift.js";
import { checkNoClosure, innermostTrace, joinTangents } from "../jvp/innermost.js";
import { ownLine } from "../program/own-line.js";
import { linearCall } from "../tape/linear-call.js";
import { flatten, unflatten, type Flat, type Tensors } from "../tree/index.js";
import { tangentsLike } from "./tangents.js";

/** The two halves of a reverse-mode rule. */
export interface VjpRule<A extends readonly unknown[], R, S> {
  /** The value, and what the backward pass needs. */
  readonly forward: (...args: A) => { value: R; residuals: S };
  /** Residuals and the cotangent of the value -> one cotangent tree per argument. */
  readonly backward: (residuals: S, cotangent: Tensors<R>) => { readonly [K in keyof A]: unknown };
}

/**
 * f with a reverse-mode derivative of your own. Forward mode through it throws RuleError: give a `customJvp` for both.
 *
 * @throws RuleError under forward mode, or when the rule closes over a value that is being differentiated: its derivative
 * would be lost, so make it an argument, or wrap it in stopGradient
 * @example
 * ```ts
 * // the identity, whose gradient is clipped
 * const clipped = customVjp((x: Tensor) => x, {
 *   forward: (x) => ({ value: x, residuals: null }),
 *   backward: (_, ct) => [ct.clip(-1, 1)],
 * });
 * grad((x: Tensor) => clipped(x).mul(5))(2).item(); // => 1
 * ```
 */
export function customVjp<A extends readonly unknown[], R, S>(
  f: (...args: A) => R,
  { forward, backward }: VjpRule<A, R, S>,
): (...args: A) => Tensors<R> {
  const custom = (...args: A): Tensors<R> => {
    const flat = flatten(args, "customVjp: arguments");
    const line = ownLine("customVjp", flat, f, custom);
    if (line !== undefined) return line;
    const trace = innermostTrace(flat.leaves, "customVjp");
    if (trace === undefined) return f(...args) as Tensors<R>;
    if (trace instanceof BatchTrace) return onBatch(f, { forward, backward }, flat, trace);
    const primals = flat.leaves.map((x) => trace.primalOf(x));
    const { value, residuals } = forward(...(unflatten(flat.structure, primals) as A));
    const out = flatten(value, "customVjp: value");
    checkNoClosure(trace, out.leaves, "customVjp");
    const transpose = (cotangents: readonly Tensor[]): readonly Tensor[] => {
      const cts = played(() => backward(residuals, unflatten(out.structure, cotangents) as Tensors<R>));
      return tangentsLike({ structure: flat.structure, leaves: primals }, cts, "customVjp: cotangents");
    };
    const tangents = linearCall(
      { name: "customVjp", outputs: out.leaves, apply: refuseForward, transpose, keeps: residuals },
      flat.leaves.map((x) => trace.tangentOrZeros(x)),
    );
    return unflatten(out.structure, joinTangents(trace, out.leaves, tangents, "customVjp")) as Tensors<R>;
  };
  return custom;
}

/**
 * One level down, a batch of values is one value with one more axis. The backward pass may be played when the batch has
 * returned, with residuals that belong to it.
 */
function onBatch<A extends readonly unknown[], R, S>(
  f: (...args: A) => R,
  { forward, backward }: VjpRule<A, R, S>,
  flat: Flat,
  trace: BatchTrace,
): Tensors<R> {
  const lift = new Lift(trace, flat);
  const below = customVjp<readonly Tensor[], unknown, S>(
    (...values) => trace.reopened(() => loweredTree(trace, f(...(lift.raise(values) as A)))),
    {
      forward: (...values) =>
        trace.reopened(() => {
          const { value, residuals } = forward(...(lift.raise(values) as A));
          return { value: loweredTree(trace, value), residuals };
        }),
      backward: (residuals, cotangent) =>
        trace.reopened(() => {
          const cts = backward(residuals, raisedTree(trace, cotangent) as Tensors<R>);
          return lift.lowerCotangents(tangentsLike(flat, cts, "customVjp: cotangents"));
        }),
    },
  );
  return raisedTree(trace, below(...lift.values)) as Tensors<R>;
}

/**
 * Runs a backward pass, which comes after the transformation has returned: what it closes over is then a leaked value.
 *
 * @throws RuleError
 */
function played<R>(backward: () => R): R {
  try {
    return backward();
  } catch (error) {
    if (!(error instanceof LeakedValueError)) throw error;
    throw new RuleError(
      `customVjp: the backward rule uses ${error.value}, which it does not get as a residual or which belongs to another ` +
        "call. A derivative along it would be lost. Make it an argument of the function, return it among the residuals of " +
        "forward, and give its cotangent; or hand on stopGradient of it, if it counts as constant",
    );
  }
}

function refuseForward(): never {
  throw new RuleError(
    "customVjp: forward mode (jvp, jacfwd, hessian, pushforward) needs a rule for tangents, and customVjp gives one " +
      "for cotangents only. Use customJvp, which serves both modes",
  );
}
