import {
  allNumbers,
  any,
  argmax,
  asTensor,
  equal,
  formatShape,
  logicalAnd,
  logicalNot,
  logicalOr,
  notEqual,
  reshape,
  peel,
  ShapeError,
  take,
  tensor,
  tracedOf,
  where,
  type Tensor,
} from "@cotangent/core-tensor";
import { BatchTrace } from "./batch-trace.js";
import { isUnknown } from "../program/unknown.js";

type Leaves = readonly Tensor[];

/** Whether a condition holds: one truth, or under `vmap` one for each example. */
export type Truth = boolean | TruthOfExamples;

/**
 * The truth of a condition that is one number, or under `vmap` one for each example.
 *
 * @throws ShapeError for a condition of more than one element
 */
export function truthOf(condition: Tensor | boolean | number, name: string): Truth {
  const given = checkOneElement(asTensor(condition), name);
  return isBatched(given) ? new TruthOfExamples(notEqual(reshape(given, []), 0)) : given.item() !== 0;
}

/** @throws ShapeError */
export function checkOneElement(condition: Tensor, name: string): Tensor {
  if (condition.size === 1) return condition;
  throw new ShapeError(`${name}: must be one number or bool, but has shape ${formatShape(condition.shape)}`);
}

/** A condition that holds for some examples of a batch. */
export class TruthOfExamples {
  constructor(private readonly mask: Tensor) {}

  /** For one example at least? Where that is not known: possibly. */
  get somewhere(): boolean {
    return isUnknown(this.mask) || allNumbers(this.mask, "condition").some((value) => value !== 0);
  }

  get negated(): TruthOfExamples {
    return new TruthOfExamples(logicalNot(this.mask));
  }

  /** Where it holds the first, elsewhere the second. */
  choose(ifTrue: Leaves, ifFalse: Leaves): Leaves {
    return ifTrue.map((x, i) => where(this.mask, x, ifFalse[i]!));
  }

  /** The first function for the examples where it holds, the second one for the others. */
  chooseFrom(
    ifTrue: (leaves: Leaves) => Leaves,
    ifFalse: (leaves: Leaves) => Leaves,
    leaves: Leaves,
  ): Leaves {
    const { negated } = this;
    if (!negated.somewhere) return ifTrue(leaves);
    if (!this.somewhere) return ifFalse(leaves);
    return this.choose(ifTrue(this.confine(leaves)), ifFalse(negated.confine(leaves)));
  }

  /**
   * Where it does not hold, the numbers of an example for which it does. So a computation for the examples where it holds
   * can be done for all of them at points where it is meant to be done, and what is dropped has a finite derivative.
   */
  confine(leaves: Leaves): Leaves {
    if (isUnknown(this.mask)) return this.confineUnknown(leaves);
    // The mask, as a batch of all batches that a leaf belongs to
    const mask = leaves.reduce(
      (all, x) => logicalOr(all, any(logicalAnd(equal(x, x), notEqual(x, x)))),
      this.mask,
    );
    const example = allNumbers(mask, "condition").findIndex((value) => value !== 0);
    return leaves.map((x) => {
      const whole = allNumbers(where(mask, x, x), "condition");
      const numbers = whole.slice(example * x.size, (example + 1) * x.size);
      return where(mask, x, tensor(numbers, { shape: x.shape, dtype: x.dtype }));
    });
  }

  /** The same while numbers are not known, with the examples of the batch that the mask belongs to. */
  private confineUnknown(leaves: Leaves): Leaves {
    const trace = tracedOf(peel(this.mask))?.trace;
    if (!(trace instanceof BatchTrace) || trace.size === 0) return leaves;
    const example = argmax(trace.wholeOf(this.mask), { axis: 0 });
    return leaves.map((x) => {
      const { value, batched } = trace.below(x);
      return batched ? where(this.mask, x, take(value, example, 0)) : x;
    });
  }
}

/** Without a single number, because there is one for every example? */
function isBatched(x: Tensor): boolean {
  const traced = tracedOf(x);
  if (traced === undefined) return false;
  return traced.primal === undefined ? traced.whole !== undefined : isBatched(traced.primal);
}
