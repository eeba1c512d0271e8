import {
  bind,
  heldTraces,
  peel,
  slice,
  Tensor,
  tracedOf,
  withTrace,
  type Origin,
  type Primitive,
  type Trace,
  type Traced,
} from "@cotangent/core-tensor";
import { BatchedValueError } from "../errors/errors.js";
import type { BatchInput, BatchRule } from "../rules/batch/rule.js";
import { repeated } from "../rules/batch/align.js";
import { batchRules } from "../rules/batch/table.js";

/** A value for each example of a batch: `whole` has the examples along axis 0. */
class Batched implements Traced {
  private last: { example: number; held: readonly Trace[]; value: Tensor } | undefined;

  constructor(
    readonly trace: BatchTrace,
    readonly whole: Tensor,
    readonly madeBy?: string,
  ) {}

  /** No single value, unless one example is being looked at. */
  get primal(): Tensor | undefined {
    const { example } = this.trace;
    if (example === undefined) return undefined;
    // What is held decides which derivatives the slice carries.
    const held = heldTraces();
    if (this.last?.example !== example || this.last.held !== held) {
      this.last = { example, held, value: slice(this.whole, example) };
    }
    return this.last.value;
  }

  refusal(where: string): Error {
    return new BatchedValueError(
      `${where}: under vmap this value is a batch of ${String(this.trace.size)}, so there is no single number. A ` +
        "choice that depends on values is made by where(condition, a, b), with a mask instead of `if`; a loop gets a " +
        "fixed number of steps. To treat the examples one by one, call the function in a loop and stack the results",
    );
  }
}

/**
 * Computes every operation once for all examples of a batch.
 *
 * @example
 * ```ts
 * // what vmap does: two numbers as one
 * withTrace((level) => new BatchTrace(level, 2, originOf("example", null)), (trace) => {
 *   const x = trace.batch(tensor([1, 2]));
 *   x.shape; // => []
 *   trace.wholeOf(x.mul(10)); // => [10, 20]
 * });
 * ```
 */
export class BatchTrace implements Trace {
  readonly name = "vmap";
  alive = true;
  held = 0;
  private readonly examples: number[] = [];

  constructor(
    public level: number,
    readonly size: number,
    readonly origin: Origin,
  ) {}

  /** A tensor that has, for each example, a slice of `whole` along axis 0. */
  batch(whole: Tensor, madeBy?: string): Tensor {
    return new Tensor(whole.shape.slice(1), whole.dtype, new Batched(this, whole, madeBy));
  }

  /** What a tensor is one level down, and whether that has the examples along axis 0. */
  below(x: Tensor): BatchInput {
    const content = tracedOf(peel(x));
    return content instanceof Batched && content.trace === this
      ? { value: content.whole, batched: true }
      : { value: x, batched: false };
  }

  /** All examples along axis 0, also of a tensor that is the same for all of them. */
  wholeOf(x: Tensor): Tensor {
    return repeated(this.below(x), this.size);
  }

  /** The operation on all examples at once, by its rule. */
  process(primitive: Primitive, inputs: readonly Tensor[], params: object): readonly Tensor[] {
    // Each rule is typed by the parameters of its own primitive; the pairing by name is what the table guarantees.
    const rule = batchRules[primitive.name as keyof typeof batchRules] as BatchRule<never>;
    const below = inputs.map((x) => this.below(x));
    return rule(below, { primitive, params: params as never, size: this.size }).map((whole) =>
      this.batch(whole, primitive.name),
    );
  }

  /** Runs code of this trace, which may have returned, or on values of inner traces: as the innermost trace of now. */
  reopened<R>(body: () => R): R {
    const { level, alive } = this;
    try {
      return withTrace((innermost) => {
        this.level = innermost;
        this.alive = true;
        return this;
      }, body);
    } finally {
      this.level = level;
      this.alive = alive;
    }
  }

  /** The example that tensors of this trace stand for, while one is held. */
  get example(): number | undefined {
    return this.held > 0 ? this.examples[this.examples.length - 1] : undefined;
  }

  /** While this is held, tensors of this trace stand for one example of theirs. */
  onlyExample(example: number): Trace {
    // A trace for `hold`, which keeps it for code that is run later, as it does with every trace.
    return new ExampleHold(this, example);
  }

  /** @internal */
  choose(example: number): void {
    this.examples.push(example);
    this.held += 1;
  }

  /** @internal */
  release(): void {
    this.examples.pop();
    this.held -= 1;
  }
}

/** Holding this holds a trace at one example. */
class ExampleHold implements Trace {
  readonly name: string;
  private count = 0;

  constructor(
    private readonly trace: BatchTrace,
    private readonly example: number,
  ) {
    this.name = trace.name;
  }

  get level(): number {
    return this.trace.level;
  }

  get alive(): boolean {
    return this.trace.alive;
  }

  get held(): number {
    return this.count;
  }

  set held(count: number) {
    if (count > this.count) this.trace.choose(this.example);
    else this.trace.release();
    this.count = count;
  }

  process(primitive: Primitive, inputs: readonly Tensor[], params: object): readonly Tensor[] {
    return bind(primitive, inputs, params);
  }
}
