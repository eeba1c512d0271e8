import { allocateUnwritten, arrayIn, type DType, type TypedArray } from "../dtype/index.js";
import type { Prepared } from "../primitives/primitive.js";
import { sizeOf } from "../shape/index.js";
import { keepNoCopies } from "../simd/index.js";
import { hostArray } from "../tensor/host-array.js";
import { Tensor } from "../tensor/tensor.js";
import type { PlanDescription, SlotView, StepDescription } from "./description.js";
import type { PlanMemory } from "./memory.js";

/** A step with the arrays that it works on. */
interface Step {
  readonly run: Prepared;
  readonly inputs: TypedArray[];
  readonly outputs: TypedArray[];
}

/** An array that changes from run to run, and the places in lists where it stands. */
class Changing {
  private readonly lists: TypedArray[][] = [];
  private readonly positions: number[] = [];

  standsIn(list: TypedArray[], position: number): void {
    this.lists.push(list);
    this.positions.push(position);
  }

  set(array: TypedArray): void {
    for (let i = 0; i < this.lists.length; i++) this.lists[i]![this.positions[i]!] = array;
  }
}

/** A slot that gets another array in every run: that of a result. */
interface Fresh {
  readonly dtype: DType;
  readonly size: number;
  readonly places: Changing;
  readonly result: number;
}

const none = new Float64Array(0);

/**
 * The memory of a plan, with everything wired to it: to run is to put arguments and new results into the lists of the
 * steps, and to run one step after the other. It runs once at a time.
 */
export class PlanRun {
  busy = false;
  private readonly steps: readonly Step[];
  private readonly changing: Changing[] = [];
  private readonly changingBySlot = new Map<number, Changing>();
  private readonly fixed = new Map<number, TypedArray>();
  private readonly inputs: readonly Changing[];
  private readonly fresh: readonly Fresh[];
  /** The arrays of the results, one list position for each. */
  private readonly results: TypedArray[];

  constructor(description: PlanDescription, memory: PlanMemory) {
    for (const [slot, array] of description.constants) this.fixed.set(slot, array);
    const buffer = new ArrayBuffer(memory.arenaBytes);
    keepNoCopies(buffer);
    for (const [slot, { shape, dtype, offset }] of memory.arena) {
      this.fixed.set(slot, arrayIn(buffer, offset, dtype, sizeOf(shape)));
    }
    this.inputs = description.inputs.map((slot) => this.changingAt(slot));
    this.fresh = [...memory.fresh].map(([slot, { shape, dtype }]) => ({
      dtype,
      size: sizeOf(shape),
      places: this.changingAt(slot),
      result: description.results.findIndex((result) => result.slot === slot),
    }));
    this.steps = description.steps.map((step) => this.step(step));
    this.results = this.wire(description.results);
  }

  /** @param into - arrays for the results, or undefined for new ones */
  run(args: readonly TypedArray[], into: readonly TypedArray[] | undefined): readonly TypedArray[] {
    this.busy = true;
    const { inputs, fresh, steps, changing, results } = this;
    try {
      for (let i = 0; i < inputs.length; i++) inputs[i]!.set(args[i]!);
      for (let i = 0; i < fresh.length; i++) {
        const { dtype, size, places, result } = fresh[i]!;
        places.set(into === undefined ? allocateUnwritten(dtype, size) : into[result]!);
      }
      for (let i = 0; i < steps.length; i++) steps[i]!.run(steps[i]!.inputs, steps[i]!.outputs);
      if (into === undefined) return results.slice();
      // What no step wrote there: arguments, constants, a result that stands twice.
      for (let i = 0; i < into.length; i++) if (into[i] !== results[i]) into[i]!.set(results[i]!);
      return into;
    } finally {
      // Arguments and results belong to the caller: they are not kept.
      for (let i = 0; i < changing.length; i++) changing[i]!.set(none);
      this.busy = false;
    }
  }

  private changingAt(slot: number): Changing {
    let known = this.changingBySlot.get(slot);
    if (known === undefined) {
      this.changingBySlot.set(slot, (known = new Changing()));
      this.changing.push(known);
    }
    return known;
  }

  /** A list of the arrays in slots, which follows them. */
  private wire(views: readonly SlotView[]): TypedArray[] {
    const list = views.map(({ slot }) => this.fixed.get(slot) ?? none);
    views.forEach(({ slot }, position) => {
      if (!this.fixed.has(slot)) this.changingAt(slot).standsIn(list, position);
    });
    return list;
  }

  private step(step: StepDescription): Step {
    const inputs = this.wire(step.inputs);
    if ("apply" in step) {
      const outputs = step.outputs.map(({ slot }) => this.changingAt(slot));
      return { run: applying(step, outputs), inputs, outputs: [] };
    }
    const run =
      "primitive" in step
        ? step.primitive.prepare(step.inputs, step.params, step.outputs)
        : step.prepare(step.outputs);
    return { run, inputs, outputs: this.wire(step.outputs) };
  }
}

/** A function of tensors brings its own arrays. What it hands on is not its own: the arena is used again, arguments belong to the caller. */
function applying(
  { inputs, apply }: Extract<StepDescription, { apply: unknown }>,
  outputs: readonly Changing[],
): Prepared {
  return (arrays) => {
    const results = apply(inputs.map(({ shape, dtype }, i) => new Tensor(shape, dtype, arrays[i]!)));
    outputs.forEach((output, i) => {
      const array = hostArray(results[i]!, "plan");
      output.set(arrays.includes(array) ? array.slice() : array);
    });
  };
}
