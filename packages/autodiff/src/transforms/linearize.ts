import { isTensor, originOf, withTrace, type Origin, type Tensor } from "@cotangent/core-tensor";
import { JvpTrace } from "../jvp/jvp-trace.js";
import { LinearTrace } from "../tape/linear-trace.js";
import { Tape } from "../tape/tape.js";
import { flatten, unflatten, type Flat, type Tensors, type TreeLike } from "../tree/index.js";
import { isPlainObject } from "../tree/structure.js";
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
 * ```
 */
export function linearize<A extends readonly unknown[], R>(
  f: (...args: A) => R,
  ...primals: { readonly [K in keyof A]: TreeLike<A[K]> }
): Linearization<A, R> {
  return linearizeFor(f, primals, { origin: originOf("linearize", linearize) });
}

/** `linearize` on behalf of another transformation. */
export function linearizeFor<A extends readonly unknown[], R>(
  f: (...args: A) => R,
  primals: { readonly [K in keyof A]: TreeLike<A[K]> },
  call: Call,
): Linearization<A, R> {
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
): { linearization: Linearization<A, R>; aux: unknown } {
  const flat = flattenArguments(primals, call);
  checkFloating(flat, call);
  const { tape, values, aux } = record(f, flat, call.origin);
  const linearization: Linearization<A, R> = {
    value: unflatten(values.structure, values.leaves) as Tensors<R>,
    pushforward: (...tangents) => {
      const leaves = tangentsLike(flat, tangents, "pushforward: tangents");
      return unflatten(values.structure, tape.forward(leaves)) as Tensors<R>;
    },
    pullback: (cotangent) => {
      const leaves = tangentsLike(values, cotangent, "pullback: cotangent");
      return unflatten(flat.structure, tape.backward(leaves)) as { [K in keyof A]: Tensors<A[K]> };
    },
  };
  return { linearization, aux };
}

/** The tape of f at the arguments, for those who look into it. */
export function recordTape<A extends readonly unknown[]>(
  f: (...args: A) => unknown,
  primals: { readonly [K in keyof A]: TreeLike<A[K]> },
  call: Call,
): Tape {
  const flat = flattenArguments(primals, call);
  checkFloating(flat, call);
  return record((...args: A) => ({ value: f(...args), aux: undefined }), flat, call.origin).tape;
}

/** What one run of a function leaves behind. */
interface Recording {
  readonly tape: Tape;
  readonly values: Flat;
  readonly aux: unknown;
}

/** Two traces: the inner one pairs values with tangents, the outer one writes down what happens to the tangents. */
function record(
  f: (...args: never) => { value: unknown; aux: unknown },
  flat: Flat,
  origin: Origin,
): Recording {
  return withTrace(
    (level) => new LinearTrace(level),
    (linear) =>
      withTrace(
        (level) => new JvpTrace(level, origin),
        (trace) => {
          const variables = flat.leaves.map((x) => linear.variable(x));
          const duals = flat.leaves.map((x, i) => trace.dual(x, variables[i]!));
          const { value, aux } = f(...(unflatten(flat.structure, duals) as never));
          const out = flatten(value, `${origin.name}: result`);
          const leaves = out.leaves.map((x) => trace.primalOf(x));
          const variableOf = (x: Tensor): number => {
            const tangent = trace.tangentOf(x);
            if (tangent === null) return -1;
            linear.refuseConstant(tangent, "linearize");
            return linear.idOf(tangent);
          };
          const tape = new Tape(
            linear.equations,
            variables.map(({ shape, dtype }, i) => ({ shape, dtype, variable: linear.idOf(variables[i]!) })),
            out.leaves.map((x) => ({ shape: x.shape, dtype: x.dtype, variable: variableOf(x) })),
          );
          // Variables refer to their trace: without this they would keep the equations that the tape left out.
          linear.equations.length = 0;
          return { tape, values: { structure: out.structure, leaves }, aux: lower(aux, trace) };
        },
      ),
  );
}

/**
 * Plain objects and arrays with the primals of a trace in place of its tensors. What holds none is handed on as it is,
 * not copied: it may be a record that is still written to.
 */
function lower(aux: unknown, trace: JvpTrace): unknown {
  if (isTensor(aux)) return trace.primalOf(aux);
  if (Array.isArray(aux)) {
    const items = aux.map((item) => lower(item, trace));
    return items.every((item, i) => item === aux[i]) ? aux : items;
  }
  if (!isPlainObject(aux)) return aux;
  const entries = Object.entries(aux).map(([key, item]) => [key, lower(item, trace)] as const);
  return entries.every(([key, item]) => item === aux[key]) ? aux : Object.fromEntries(entries);
}
