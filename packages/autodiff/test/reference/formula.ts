import {
  bind,
  Tensor,
  type Expression as FusedExpression,
  type Primitive,
  type Shape,
  type Trace,
  type Traced,
} from "@cotangent/core-tensor";

/** An expression: an operation on others, a name, or a constant. */
export type Expression =
  | { readonly kind: "name"; readonly text: string; readonly shape: Shape }
  | { readonly kind: "constant"; readonly value: Tensor }
  | {
      readonly kind: "operation";
      readonly shape: Shape;
      readonly primitive: Primitive;
      readonly params: object;
      readonly operands: readonly Expression[];
      /** Which of several outputs. */
      readonly output: number | undefined;
    };

class Symbolic implements Traced {
  constructor(
    readonly trace: FormulaTrace,
    readonly primal: Tensor,
    readonly expression: Expression,
  ) {}
}

/** Writes down what code does with its operands: how the rules show their formulas. */
export class FormulaTrace implements Trace {
  readonly name = "formula";
  alive = true;
  held = 0;

  /** Equal operations on the same operands are one expression. */
  private readonly known = new Map<string, Expression>();
  private readonly numbers = new Map<Expression, number>();

  constructor(readonly level: number) {}

  /** A tensor with a name. */
  named(text: string, value: Tensor): Tensor {
    return this.symbol(value, { kind: "name", text, shape: value.shape });
  }

  expressionOf(x: Tensor): Expression {
    const { content } = x;
    return content instanceof Symbolic ? content.expression : { kind: "constant", value: x };
  }

  process(primitive: Primitive, inputs: readonly Tensor[], params: object): readonly Tensor[] {
    // Of operations in one pass their steps are shown.
    if ("expression" in params) return [(params.expression as FusedExpression).run(inputs)];
    const outputs = bind(
      primitive,
      inputs.map(({ content }, i) => (content instanceof Symbolic ? content.primal : inputs[i]!)),
      params,
    );
    const operands = inputs.map((x) => this.expressionOf(x));
    return outputs.map((value, i) =>
      this.symbol(
        value,
        this.intern({
          kind: "operation",
          shape: value.shape,
          primitive,
          params,
          operands,
          output: outputs.length === 1 ? undefined : i,
        }),
      ),
    );
  }

  private intern(e: Expression & { kind: "operation" }): Expression {
    const operands = e.operands.map((x) => (x.kind === "constant" ? String(x.value) : this.numberOf(x)));
    const key = JSON.stringify([e.primitive.name, e.params, operands, e.output]);
    const first = this.known.get(key) ?? e;
    this.known.set(key, first);
    return first;
  }

  private numberOf(e: Expression): number {
    const number = this.numbers.get(e) ?? this.numbers.size;
    this.numbers.set(e, number);
    return number;
  }

  private symbol(value: Tensor, expression: Expression): Tensor {
    return new Tensor(value.shape, value.dtype, new Symbolic(this, value, expression));
  }
}
