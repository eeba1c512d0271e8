import type { HostTensor, Primitive } from "../primitives/primitive.js";
import { Tensor } from "../tensor/tensor.js";
import { checkTraced, claimingTrace } from "./scope.js";
import type { Trace, Traced } from "./trace.js";

/**
 * The traced content of a tensor, or undefined for one that holds its numbers.
 *
 * @example
 * ```ts
 * tracedOf(tensor(1)); // => undefined
 * jvp((x: Tensor) => {
 *   tracedOf(x)?.trace.name; // => "jvp"
 *   return x;
 * }, [1], [1]);
 * ```
 */
export function tracedOf(x: Tensor): Traced | undefined {
  return x.traced;
}

/**
 * Goes down through held traces: there a tensor is its primal.
 *
 * @example
 * ```ts
 * grad((x: Tensor) => {
 *   const known = hold(liveTraces(), () => peel(x));
 *   tracedOf(known); // => undefined
 *   return x;
 * })(1);
 * ```
 */
export function peel(x: Tensor): Tensor {
  let current = x;
  for (;;) {
    const traced = tracedOf(current);
    if (traced === undefined || traced.trace.held === 0 || traced.primal === undefined) return current;
    current = traced.primal;
  }
}

/**
 * The innermost trace among tensors that are already peeled, or one inside of it that claims what is done to them.
 *
 * @example
 * ```ts
 * topTrace([tensor(1)]); // => undefined
 * ```
 */
export function topTrace(inputs: readonly Tensor[]): Trace | undefined {
  let top: Trace | undefined;
  for (const input of inputs) {
    const trace = tracedOf(input)?.trace;
    if (trace !== undefined && (top === undefined || trace.level > top.level)) top = trace;
  }
  const claiming = claimingTrace();
  return top !== undefined && claiming !== undefined && claiming.level > top.level ? claiming : top;
}

/**
 * The one dispatch point: runs a primitive on the host, or hands it to the innermost trace among its inputs.
 *
 * @throws LeakedValueError for a tensor whose transformation has returned
 * @throws TracedValueError inside of `isolate`
 * @example
 * ```ts
 * const [sum] = bind(primitives.add, [tensor(1), tensor(2)], {});
 * sum; // => 3
 * ```
 */
export function bind<P extends object>(
  primitive: Primitive<string, P>,
  inputs: readonly Tensor[],
  params: P,
): readonly Tensor[] {
  if (arePlain(inputs)) return evaluate(primitive, inputs, params);
  const peeled = inputs.map(peel);
  const top = topTrace(peeled);
  if (top === undefined) return evaluate(primitive, peeled, params);
  for (const input of peeled) {
    const traced = tracedOf(input);
    if (traced !== undefined) checkTraced(traced, primitive.name);
  }
  return top.process(primitive, peeled, params);
}

function arePlain(xs: readonly Tensor[]): boolean {
  for (const x of xs) if (x.traced !== undefined) return false;
  return true;
}

/**
 * `bind` for the many primitives that have one output.
 *
 * @example
 * ```ts
 * bindOne(primitives.add, [tensor(1), tensor(2)], {}); // => 3
 * ```
 */
export function bindOne<P extends object>(
  primitive: Primitive<string, P>,
  inputs: readonly Tensor[],
  params: P,
): Tensor {
  return bind(primitive, inputs, params)[0]!;
}

function evaluate<P extends object>(
  primitive: Primitive<string, P>,
  inputs: readonly Tensor[],
  params: P,
): readonly Tensor[] {
  const outputs = primitive.shape(inputs, params);
  const data = primitive.evaluate(inputs as readonly (Tensor & HostTensor)[], params, outputs);
  const tensors = new Array<Tensor>(data.length);
  for (let i = 0; i < data.length; i++) {
    const { shape, dtype } = outputs[i]!;
    tensors[i] = new Tensor(shape, dtype, data[i]!);
  }
  return tensors;
}
