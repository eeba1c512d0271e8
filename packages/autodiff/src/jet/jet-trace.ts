import {
  broadcastTo,
  isFloat,
  peel,
  sameShape,
  Tensor,
  tracedOf,
  withTrace,
  type Origin,
  type Primitive,
  type Trace,
  type Traced,
} from "@cotangent/core-tensor";
import { jetRules } from "../rules/jet/table.js";
import type { Coefficients, JetRule, SeriesOf } from "../rules/jet/rule.js";

/** A value and its Taylor coefficients: x(t) = sum over k of coefficients[k] t^k, where null is zero. */
class Series implements Traced {
  readonly primal: Tensor;

  constructor(
    readonly trace: JetTrace,
    readonly coefficients: Coefficients,
    readonly madeBy?: string,
  ) {
    this.primal = coefficients[0];
  }
}

/** Computes every operation on truncated Taylor series. */
export class JetTrace implements Trace, SeriesOf {
  readonly name = "jet";
  alive = true;
  held = 0;

  constructor(
    readonly level: number,
    /** The highest power of t that is kept. */
    readonly order: number,
    readonly origin: Origin,
  ) {}

  /** A tensor with these Taylor coefficients. */
  tensorOf(coefficients: Coefficients, madeBy?: string): Tensor {
    const [value, ...rest] = coefficients;
    if (!isFloat(value.dtype) || rest.every((c) => c === null)) return value;
    const whole = rest.map((c) =>
      c === null || sameShape(c.shape, value.shape) ? c : broadcastTo(c, value.shape),
    );
    return new Tensor(value.shape, value.dtype, new Series(this, [value, ...whole], madeBy));
  }

  /** The Taylor coefficients of a tensor; only the first for one that does not depend on t. */
  coefficientsOf(x: Tensor): Coefficients {
    const peeled = peel(x);
    const content = tracedOf(peeled);
    return content instanceof Series && content.trace === this ? content.coefficients : [peeled];
  }

  lower<R>(order: number, body: (trace: SeriesOf) => R): R {
    return withTrace<JetTrace, R>((level) => new JetTrace(level, order, this.origin), body);
  }

  process(primitive: Primitive, inputs: readonly Tensor[], params: object): readonly Tensor[] {
    // Each rule is typed by the parameters of its own primitive; the pairing by name is what the table guarantees.
    const rule = jetRules[primitive.name as keyof typeof jetRules] as JetRule<never>;
    const series = inputs.map((x) => this.coefficientsOf(x));
    const results = rule(series, {
      primitive: primitive as never,
      inputs,
      params: params as never,
      order: this.order,
      trace: this,
    });
    return results.map((coefficients) => this.tensorOf(coefficients, primitive.name));
  }
}
