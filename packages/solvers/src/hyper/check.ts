import {
  asTensor,
  broadcastTo,
  formatShape,
  hostArray,
  lessEqual,
  ShapeError,
  tracedOf,
  ValueError,
  type Like,
  type Tensor,
} from "@cotangent/core-tensor";

/**
 * Refuses a parameter with an element that is not allowed. While the numbers are not known (a variable of a
 * transformation) there is nothing to look at, and nothing is refused.
 *
 * @param requirement - completes "<name> must be ..."
 * @throws ValueError naming the first element that is not allowed
 */
export function checkValues(
  x: Tensor,
  allowed: (value: number) => boolean,
  where: string,
  name: string,
  requirement: string,
): void {
  if (!isKnown(x)) return;
  const values = hostArray(x, where);
  for (let i = 0; i < values.length; i++) {
    if (allowed(values[i]!)) continue;
    const position = x.ndim === 0 ? "" : ` at element ${i} of shape ${formatShape(x.shape)}`;
    throw new ValueError(`${where}: ${name} must be ${requirement}, got ${values[i]!}${position}`);
  }
}

/** Regularisation weights: finite, and not negative, where the penalty would not be convex and its prox not unique. */
export function checkWeights(weights: readonly Tensor[], where: string, name: string): void {
  for (const weight of weights) checkValues(weight, isWeight, where, name, "finite and not negative");
}

/**
 * Refuses bounds that no number lies between.
 *
 * @throws ValueError naming the first element with lower > upper, or with a bound that is NaN
 */
export function checkBounds(lower: Tensor, upper: Tensor, where: string): void {
  const holds = lessEqual(lower, upper);
  if (!isKnown(lower) || !isKnown(upper)) return;
  const i = hostArray(holds, where).indexOf(0);
  if (i < 0) return;
  const [low, high] = [lower, upper].map((bound) => hostArray(broadcastTo(bound, holds.shape), where)[i]!);
  const position = holds.ndim === 0 ? "" : ` at element ${i} of shape ${formatShape(holds.shape)}`;
  throw new ValueError(
    `${where}: lower <= upper does not hold${position}: lower is ${low!}, upper is ${high!}. ` +
      "Are the bounds in the order [lower, upper]?",
  );
}

/** The step of a prox: one finite number, not negative. */
export function checkScaling(scaling: Like, where: string): void {
  const step = asTensor(scaling);
  if (step.ndim !== 0) {
    throw new ShapeError(`${where}: scaling must be one number, got shape ${formatShape(step.shape)}`);
  }
  checkValues(step, isWeight, where, "scaling", "finite and not negative");
}

/** Can the numbers be read, all the way down? */
function isKnown(x: Tensor): boolean {
  let current: Tensor | undefined = x;
  while (current !== undefined) {
    const traced = tracedOf(current);
    if (traced === undefined) return true;
    current = traced.primal;
  }
  return false;
}

function isWeight(value: number): boolean {
  return value >= 0 && value < Infinity;
}
