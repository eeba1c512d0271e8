import { tracedOf, type Trace, type Traced } from "../dispatch/index.js";
import type { DType } from "../dtype/index.js";
import { DTypeError } from "../errors/index.js";
import type { Primitive } from "../primitives/primitive.js";
import { Tensor } from "../tensor/tensor.js";
import { Expression, type ElementwisePrimitive, type Step } from "./expression.js";

/** An input or a step of an expression that is being written. */
class Value implements Traced {
  readonly primal = undefined;

  constructor(
    readonly trace: SymbolTrace,
    readonly index: number,
  ) {}
}

/** Writes the elementwise operations on its symbols down as an expression; what was written once is not again. */
export class SymbolTrace implements Trace {
  readonly name = "fuse";
  alive = true;
  held = 0;
  private readonly steps: Step[] = [];
  private readonly known = new Map<string, number>();

  constructor(
    readonly level: number,
    private readonly dtypes: readonly DType[],
  ) {}

  /** The inputs, of a shape that stands for all: it meets every operation that is not elementwise, which is refused. */
  inputs(): Tensor[] {
    return this.dtypes.map((dtype, i) => this.symbol(i, dtype));
  }

  process(primitive: Primitive, inputs: readonly Tensor[], params: object): readonly Tensor[] {
    const [output] = primitive.shape(inputs, params);
    const one = inputs.findIndex((x) => constantOf(x) === 1);
    if (primitive.name === "mul" && one >= 0) return [inputs[1 - one]!];
    const fused = asElementwise(primitive, output!.dtype);
    if (fused === undefined || output!.dtype === "int32") {
      throw new DTypeError(`fuse: ${primitive.name} (to ${output!.dtype}) is not an elementwise expression`);
    }
    const operands = inputs.map((x) => this.indexOf(x));
    const index = this.add(`${primitive.name} ${operands.join()} ${output!.dtype}`, {
      primitive: fused,
      params,
      operands,
    });
    return [this.symbol(index, output!.dtype)];
  }

  /** What was written, as far as `result` needs it, with the numbers of the inputs that it needs. */
  expressionOf(result: Tensor): { readonly expression: Expression; readonly picks: readonly number[] } {
    const last = this.indexOf(result);
    const count = this.dtypes.length;
    const needed = new Set([last]);
    for (let i = last; i >= count; i--) {
      const step = this.steps[i - count]!;
      if (needed.has(i) && "operands" in step) for (const operand of step.operands) needed.add(operand);
    }
    const kept = [...needed].sort((a, b) => a - b);
    const numbers = new Map(kept.map((index, i) => [index, i]));
    const picks = kept.filter((index) => index < count);
    const steps = kept.slice(picks.length).map((index) => {
      const step = this.steps[index - count]!;
      return "operands" in step ? { ...step, operands: step.operands.map((i) => numbers.get(i)!) } : step;
    });
    return {
      expression: new Expression(
        picks.map((index) => this.dtypes[index]!),
        steps,
        result.dtype,
      ),
      picks,
    };
  }

  private indexOf(x: Tensor): number {
    const traced = tracedOf(x);
    if (traced instanceof Value && traced.trace === this) return traced.index;
    const value = constantOf(x);
    if (value === undefined) throw new DTypeError("fuse: only single numbers may be closed over");
    return this.add(`${Object.is(value, -0) ? "-0" : String(value)} ${x.dtype}`, { value, dtype: x.dtype });
  }

  private add(key: string, step: Step): number {
    const before = this.known.get(key);
    if (before !== undefined) return before;
    const index = this.dtypes.length + this.steps.length;
    this.steps.push(step);
    this.known.set(key, index);
    return index;
  }

  private symbol(index: number, dtype: DType): Tensor {
    return new Tensor([1, 1], dtype, new Value(this, index));
  }
}

function constantOf(x: Tensor): number | undefined {
  return ArrayBuffer.isView(x.content) && x.content.length === 1 ? x.content[0] : undefined;
}

/** Conversions between floats, and from bool, change no number in registers of float64; those to bool compare with 0. */
function asElementwise(primitive: Primitive, to: DType): ElementwisePrimitive | undefined {
  if ("expression" in primitive) return primitive as ElementwisePrimitive;
  if (primitive.name !== "cast" && primitive.name !== "stopGradient") return undefined;
  const expression = primitive.name === "cast" && to === "bool" ? "a == 0 ? 0 : 1" : "a";
  return { ...primitive, expression, before: [] };
}

/** Is this a symbol of an expression that is being written? */
export function isSymbol(x: Tensor): boolean {
  return tracedOf(x) instanceof Value;
}
