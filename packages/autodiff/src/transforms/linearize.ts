import { originOf, type Tensor } from "@cotangent/core-tensor";
import { formatTape } from "../tape/format-tape.js";
import { recordTape } from "../tape/record-tape.js";
import type { Tape } from "../tape/tape.js";
import { unflatten, type Tensors, type TreeLike } from "../tree/index.js";
import { checkFloating, flattenArguments, type Call } from "./arguments.js";
import { tangentsLike } from "./tangents.js";

/** The derivative of a function at a point, playable in both directions any number of times. */
export interface Linearization<A extends readonly unknown[], R> {
  /** f at the point. */
  readonly value: Tensors<R>;
  /** J v: one tangent tree per argument -> a tree like the value. */
  readonly pushforward: (...tangents: { readonly [K in keyof A]: TreeLike<A[K]> }) => Tensors<R>;
  /** J^T u: a tree like the value -> one tree per argument. */
  readonly pullback: (cotangent: TreeLike<R>) => { [K in keyof A]: Tensors<A[K]> };
  /** The linear equations that were recorded, as a typed listing: residuals, then tangents; a line for each equation. */
  readonly tape: {
    /** The listing. */
    toString(): string;
  };
}

/**
 * Runs f once and records its derivative on a tape: a list of linear equations, which is then played forwards
 * (Jacobian-vector products) or backwards (vector-Jacobian products) without running f again.
 *
 * Source: Radul et al., "You Only Linearize Once" (2023).
 *
 * @example
 * ```ts
 * const { value, pushforward, pullback } = linearize((x: Tensor) => x.square(), tensor([1, 2]));
 * value; // => [1, 4]
 * pushforward(tensor([1, 0])); // => [2, 0]
 * pullback(tensor([1, 1]))[0]; // => [2, 4]
 *
 * const { tape } = linearize((x: Tensor) => x.sin().sum(), tensor([0, 1]));
 * tape.toString(); // => "{ lambda a:f64[2] ; b:f64[2] .\n  let c:f64[2] = mul b a\n      d:f64[]  = sum[axes=[0]] c\n  in (d) }"
 * ```
 */
export function linearize<A extends readonly unknown[], R>(
  f: (...args: A) => R,
  ...primals: { readonly [K in keyof A]: TreeLike<A[K]> }
): Linearization<A, R> {
  const plain = (...args: A) => ({ value: f(...args), aux: undefined });
  const call = { origin: originOf("linearize", linearize) };
  const { linearization, tape } = linearizeWithAux<A, R>(plain, primals, call);
  const { value, pushforward, pullback } = linearization;
  return { value, pushforward, pullback, tape: { toString: () => formatTape(tape) } };
}

/** What other transformations use of a linearisation: not its text. */
export interface Playable<A extends readonly unknown[], R> extends Omit<Linearization<A, R>, "tape"> {
  /** All that its products depend on, where that is known without one. */
  dependsOn(): readonly Tensor[] | undefined;
}

/**
 * `linearize` on behalf of another transformation, which errors in f then name.
 *
 * @example
 * ```ts
 * const origin = { name: "newton", place: () => undefined };
 * linearizeFor((x: Tensor) => x.square(), [tensor(3)], { origin }).pullback(1)[0]; // => 6
 * ```
 */
export function linearizeFor<A extends readonly unknown[], R>(
  f: (...args: A) => R,
  primals: { readonly [K in keyof A]: TreeLike<A[K]> },
  call: Call,
): Playable<A, R> {
  const plain = (...args: A) => ({ value: f(...args), aux: undefined });
  return linearizeWithAux<A, R>(plain, primals, call).linearization;
}

/**
 * `linearize` for a function with an auxiliary output, which is handed on with the tensors in it at the level of the
 * caller: what is traced here cannot leave.
 */
export function linearizeWithAux<A extends readonly unknown[], R>(
  f: (...args: A) => { readonly value: R; readonly aux: unknown },
  primals: { readonly [K in keyof A]: TreeLike<A[K]> },
  call: Call,
): { linearization: Playable<A, R>; tape: Tape; aux: unknown } {
  const flat = flattenArguments(primals, call);
  checkFloating(flat, call);
  const { tape, values, aux } = recordTape(f, flat, call.origin);
  const linearization: Playable<A, R> = {
    value: unflatten(values.structure, values.leaves) as Tensors<R>,
    pushforward: (...tangents) => {
      const leaves = tangentsLike(flat, tangents, "pushforward: tangents");
      return unflatten(values.structure, tape.forward(leaves)) as Tensors<R>;
    },
    pullback: (cotangent) => {
      const leaves = tangentsLike(values, cotangent, "pullback: cotangent");
      return unflatten(flat.structure, tape.backward(leaves)) as { [K in keyof A]: Tensors<A[K]> };
    },
    dependsOn: () => tape.dependsOn,
  };
  return { linearization, tape, aux };
}

/** The tape of f at the arguments, for those who look into it. */
export function tapeOf<A extends readonly unknown[]>(
  f: (...args: A) => unknown,
  primals: { readonly [K in keyof A]: TreeLike<A[K]> },
  call: Call,
): Tape {
  const flat = flattenArguments(primals, call);
  checkFloating(flat, call);
  return recordTape((...args: A) => ({ value: f(...args), aux: undefined }), flat, call.origin).tape;
}
