import type { TypedArray } from "../dtype/index.js";
import { useForLongArrays } from "../host/long-arrays.js";
import type { Abstract } from "../primitives/primitive.js";
import { Tensor } from "../tensor/tensor.js";
import type { PlanDescription } from "./description.js";
import { memoryOf, type PlanMemory } from "./memory.js";
import { PlanRun } from "./plan-run.js";
import { vectorMap } from "./vector/index.js";

/**
 * A straight sequence of kernel calls with buffers assigned once: values between steps share an arena by their lifetimes, and
 * a run allocates its results only. It may be called within itself, and results never share memory with it.
 */
export class Plan {
  readonly memory: PlanMemory;
  private first: PlanRun | undefined;

  constructor(private readonly description: PlanDescription) {
    this.memory = memoryOf(description);
    useForLongArrays(vectorMap);
  }

  /** The results for the numbers of the arguments. */
  run(args: readonly TypedArray[]): Tensor[] {
    const views = this.description.results;
    const arrays = this.compute(args);
    const tensors = new Array<Tensor>(views.length);
    for (let i = 0; i < views.length; i++) {
      const { shape, dtype } = views[i]!;
      tensors[i] = new Tensor(shape, dtype, arrays[i]!);
    }
    return tensors;
  }

  /** The numbers of the results, written to arrays that exist. Those may be no arguments, but for results that are kept. */
  computeInto(args: readonly TypedArray[], results: readonly TypedArray[]): void {
    this.compute(args, results);
  }

  /** What is known of the results. */
  get results(): readonly Abstract[] {
    return this.description.results;
  }

  /** Is this result the argument of the same position, as it is? */
  keeps(result: number): boolean {
    const { inputs, results } = this.description;
    return results[result]!.slot === inputs[result];
  }

  private compute(args: readonly TypedArray[], into?: readonly TypedArray[]): readonly TypedArray[] {
    this.first ??= new PlanRun(this.description, this.memory);
    // A plan that is called while it runs needs other memory.
    const run = this.first.busy ? new PlanRun(this.description, this.memory) : this.first;
    return run.run(args, into);
  }
}
