import { stack, tensor, type Tensor } from "@cotangent/core-tensor";
import { BatchedValueError, grad, jet, jvp, vmap } from "@cotangent/autodiff";
import type { Kink } from "./kink.js";
import { oneSidedSlopes, type Slope } from "./one-sided.js";

/** A kink along one direction v, that is the function t -> f(x + t v) at t = 0, as every transformation finds it. */
export interface Measured {
  readonly value: number;
  readonly below: Slope;
  readonly above: Slope;
  readonly forward: number;
  readonly reverse: number;
  readonly taylor: number;
  /** Undefined for what `vmap` refuses. */
  readonly batched: number | undefined;
  readonly second: number;
}

/** Along a direction, the kink's own by default. */
export function measure({ f, at, along }: Kink, direction: Tensor = tensor(along ?? 1)): Measured {
  const x = tensor(at);
  const v = numbers(direction);
  const slope = (y: Tensor): Tensor => jvp(f, [y], [direction]).tangent;
  const moved = (t: number) => {
    const values = numbers(x).map((value, i) => (v[i] === 0 ? value : value + t * v[i]!));
    return tensor(Float64Array.from(values), { shape: x.shape });
  };
  return {
    value: f(x).item(),
    ...oneSidedSlopes((t) => f(moved(t)).item()),
    forward: slope(x).item(),
    reverse: numbers(grad(f)(x)).reduce((total, g, i) => total + (v[i] === 0 ? 0 : g * v[i]!), 0),
    taylor: jet(f, [x], [[direction]]).series[0]!.item(),
    batched: batched(slope, x),
    second: jvp(slope, [x], [direction]).tangent.item(),
  };
}

function batched(f: (x: Tensor) => Tensor, x: Tensor): number | undefined {
  try {
    return vmap(f)(stack([x, x]))
      .take(1)
      .item();
  } catch (error) {
    if (error instanceof BatchedValueError) return undefined;
    throw error;
  }
}

const numbers = (x: Tensor): readonly number[] => Array.from(x.toTypedArray());
