import {
  bind,
  isFloat,
  peel,
  Tensor,
  tracedOf,
  zerosLike,
  type Origin,
  type Primitive,
  type Trace,
  type Traced,
} from "@cotangent/core-tensor";
import { jvpRules } from "../rules/jvp/table.js";
import type { At, JvpRule, MaybeZero } from "../rules/rule.js";

/**
 * A value and its tangent.
 *
 * @example
 * ```ts
 * withTrace((level) => new JvpTrace(level, originOf("example", null)), (trace) => {
 *   const y = trace.dual(tensor(3), tensor(1)).square();
 *   const { content } = y;
 *   content instanceof Dual ? content.tangent.item() : 0; // => 6
 * });
 * ```
 */
export class Dual implements Traced {
  constructor(
    readonly trace: JvpTrace,
    readonly primal: Tensor,
    readonly tangent: Tensor,
    readonly madeBy?: string,
  ) {}
}

/**
 * Computes every operation once on the primals and once, by its rule, on the tangents.
 *
 * @example
 * ```ts
 * // what jvp does: (x^2)' at 3
 * withTrace((level) => new JvpTrace(level, originOf("example", null)), (trace) => {
 *   const y = trace.dual(tensor(3), tensor(1)).square();
 *   trace.primalOf(y); // => 9
 *   trace.tangentOf(y)?.item(); // => 6
 * });
 * ```
 */
export class JvpTrace implements Trace {
  readonly name: string;
  alive = true;
  held = 0;

  constructor(
    readonly level: number,
    readonly origin: Origin,
  ) {
    this.name = origin.name;
  }

  /** A tensor that carries a tangent through this trace. */
  dual(primal: Tensor, tangent: Tensor, madeBy?: string): Tensor {
    return new Tensor(primal.shape, primal.dtype, new Dual(this, primal, tangent, madeBy));
  }

  /** The value one level down. */
  primalOf(x: Tensor): Tensor {
    const own = this.ownDual(x);
    return own === undefined ? x : own.primal;
  }

  /** The tangent of a tensor, null where it does not depend on the inputs of this trace. */
  tangentOf(x: Tensor): MaybeZero {
    return this.ownDual(x)?.tangent ?? null;
  }

  /** The tangent of a tensor, zeros where it does not depend on the inputs of this trace. */
  tangentOrZeros(x: Tensor): Tensor {
    return this.tangentOf(x) ?? zerosLike(x);
  }

  /** The operation on the primals, and its rule on the tangents. */
  process(primitive: Primitive, inputs: readonly Tensor[], params: object): readonly Tensor[] {
    const primals = new Array<Tensor>(inputs.length);
    const tangents = new Array<MaybeZero>(inputs.length);
    for (let i = 0; i < inputs.length; i++) {
      const own = this.ownDual(inputs[i]!);
      primals[i] = own === undefined ? inputs[i]! : own.primal;
      tangents[i] = own === undefined ? null : own.tangent;
    }
    const outputs = bind(primitive, primals, params);
    if (!outputs.some((output) => isFloat(output.dtype))) return outputs;
    // Each rule is typed by the parameters of its own primitive; the pairing by name is what the table guarantees.
    const rule = jvpRules[primitive.name as keyof typeof jvpRules] as JvpRule<never>;
    const results = rule(tangents, { primitive, inputs: primals, outputs, params } as unknown as At<never>);
    return outputs.map((output, i) => {
      const tangent = results[i] ?? null;
      return tangent === null || !isFloat(output.dtype) ? output : this.dual(output, tangent, primitive.name);
    });
  }

  private ownDual(x: Tensor): Dual | undefined {
    const content = tracedOf(peel(x));
    return content instanceof Dual && content.trace === this ? content : undefined;
  }
}
