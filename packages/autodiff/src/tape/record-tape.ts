import { isTensor, withTrace, type Origin, type Tensor } from "@cotangent/core-tensor";
import { JvpTrace } from "../jvp/jvp-trace.js";
import { flatten, unflatten, type Flat, type Structure } from "../tree/index.js";
import { isPlainObject } from "../tree/structure.js";
import { LinearTrace } from "./linear-trace.js";
import { Tape } from "./tape.js";

/** A tape that no user asked for. */
const inside: Origin = { name: "linearize", place: () => undefined };

/** The values and the tape of a function of a list of tensors. */
export function recordLinear(
  f: (leaves: readonly Tensor[]) => readonly Tensor[],
  leaves: readonly Tensor[],
): { tape: Tape; values: readonly Tensor[] } {
  const structure: Structure = { kind: "array", items: leaves.map(() => ({ kind: "leaf" })) };
  const run = (...xs: Tensor[]) => ({ value: f(xs), aux: undefined });
  const { tape, values } = recordTape(run, { leaves, structure }, inside);
  return { tape, values: values.leaves };
}

/** What one run of a function leaves behind. */
interface Recording {
  readonly tape: Tape;
  readonly values: Flat;
  readonly aux: unknown;
}

/** Two traces: the inner one pairs values with tangents, the outer one writes down what happens to the tangents. */
export function recordTape(
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
