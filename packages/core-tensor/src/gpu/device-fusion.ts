import type { Expression, Step } from "../fuse/expression.js";
import type { PlanDescription, SlotView, StepDescription } from "../plan/description.js";
import { sameShape } from "../shape/index.js";
import { isElementwise } from "./device-operation.js";

/** Operands of a kernel: webgpu takes 7 inputs. */
const MOST_INPUTS = 7;
/** Steps of a kernel. */
const MOST_STEPS = 32;

/** A step, or several elementwise ones in one. */
export type DeviceStep = StepDescription | FusedStep;

interface FusedStep {
  readonly fused: Pick<Expression, "inputs" | "steps">;
  readonly inputs: readonly SlotView[];
  readonly outputs: readonly SlotView[];
}

/** An elementwise step with what it took in: its value as a function of slots that are stored. */
class Chain {
  readonly inputs: SlotView[] = [];
  readonly steps: Step[] = [];
  /** Positions among inputs (from 0) and steps (from -1 downwards): fixed when the number of inputs is known. */
  private readonly known = new Map<string, number>();

  constructor(readonly out: SlotView) {}

  input(view: SlotView): number {
    const key = `${String(view.slot)} ${view.shape.join()}`;
    const found = this.known.get(key);
    if (found !== undefined) return found;
    this.known.set(key, this.inputs.length);
    return this.inputs.push(view) - 1;
  }

  /** The number of the value of a step. */
  push(step: Step): number {
    return -this.steps.push(step);
  }

  /** Takes over what another chain computes, and gives the number of its value. */
  absorb({ inputs, steps }: Chain): number {
    const moved = inputs.map((view) => this.input(view));
    const first = this.steps.length;
    const renumbered = (value: number): number => (value >= 0 ? moved[value]! : value - first);
    for (const step of steps) {
      this.push("value" in step ? step : { ...step, operands: step.operands.map(renumbered) });
    }
    return -this.steps.length;
  }

  get expression(): FusedStep["fused"] {
    const count = this.inputs.length;
    const numbered = (value: number): number => (value >= 0 ? value : count - 1 - value);
    const steps = this.steps.map((step) =>
      "value" in step ? step : { ...step, operands: step.operands.map(numbered) },
    );
    return { inputs: this.inputs.map(({ dtype }) => dtype), steps };
  }
}

/**
 * Chains of elementwise steps as one step each: a value that one other step of its shape reads is computed there. Numbers are
 * part of the text.
 */
export function fuseElementwise({ steps, constants, results }: PlanDescription): readonly DeviceStep[] {
  const uses = new Map<number, number>();
  for (const { slot } of [...steps.flatMap(({ inputs }) => inputs), ...results]) {
    uses.set(slot, (uses.get(slot) ?? 0) + 1);
  }
  const resulting = new Set(results.map(({ slot }) => slot));
  const chains = new Map<number, Chain>();
  const absorbed = new Set<Chain>();
  const chainOf = (step: StepDescription): Chain | undefined => {
    if (!("primitive" in step) || !isElementwise(step.primitive)) return undefined;
    const out = step.outputs[0]!;
    if (out.dtype === "int32") return undefined;
    const chain = new Chain(out);
    const operands = step.inputs.map((view) => {
      const number = numberIn(view, constants);
      if (number !== undefined) return chain.push({ value: number, dtype: view.dtype });
      const from = chains.get(view.slot);
      if (from === undefined || !fits(chain, from)) return chain.input(view);
      const isOwn = uses.get(view.slot) === 1 && !resulting.has(view.slot);
      // A reshape is another view of the slot: the chain must have been in this shape, too.
      const isAlike = [view, from.out].every(({ shape }) => sameShape(shape, out.shape));
      if (!isOwn || !isAlike) return chain.input(view);
      absorbed.add(from);
      return chain.absorb(from);
    });
    chain.push({ primitive: step.primitive, params: step.params, operands });
    chains.set(out.slot, chain);
    return chain;
  };
  const made = steps.map((step) => ({ step, chain: chainOf(step) }));
  return made.flatMap(({ step, chain }): readonly DeviceStep[] => {
    if (chain !== undefined && absorbed.has(chain)) return [];
    if (chain === undefined || chain.steps.length === 1) return [step];
    const { inputs, out, expression } = chain;
    return [{ fused: expression, inputs, outputs: [out] }];
  });
}

/** Three operands at most are still to come. */
function fits(chain: Chain, from: Chain): boolean {
  return (
    chain.inputs.length + from.inputs.length <= MOST_INPUTS - 2 &&
    chain.steps.length + from.steps.length < MOST_STEPS
  );
}

/** The number that a constant is, where a text can say it. */
function numberIn({ slot, shape }: SlotView, constants: PlanDescription["constants"]): number | undefined {
  const array = constants.get(slot);
  if (array?.length !== 1 || shape.length > 0) return undefined;
  return Number.isFinite(Math.fround(array[0]!)) ? array[0]! : undefined;
}
