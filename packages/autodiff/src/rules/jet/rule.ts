import { add, mul, type PrimitiveName, type PrimitiveParams, type Tensor } from "@cotangent/core-tensor";
import type { Named } from "../rule.js";

/** Taylor coefficients from order 0 on; null, or one that is missing at the end, is zero. */
export type Coefficients = readonly [value: Tensor, ...rest: (Tensor | null)[]];

/** What a rule needs of the trace that it works for. */
export interface SeriesOf {
  tensorOf(coefficients: Coefficients): Tensor;
  coefficientsOf(x: Tensor): Coefficients;
  /** Runs `body` with an own, inner trace of a lower order. */
  lower<R>(order: number, body: (trace: SeriesOf) => R): R;
}

/** One application: the operands as tensors of the trace, the parameters, the highest order. */
export interface JetAt<P extends PrimitiveName> {
  readonly primitive: Named<P>;
  readonly inputs: readonly Tensor[];
  readonly params: PrimitiveParams[P];
  readonly order: number;
  readonly trace: SeriesOf;
}

/** Taylor coefficients of the operands -> Taylor coefficients of the results. */
export type JetRule<P extends PrimitiveName> = (
  series: readonly Coefficients[],
  at: JetAt<P>,
) => readonly Coefficients[];

type MaybeZero = Tensor | null;

/** Grows a series order by order: next(k, y) gives y_k from y_0, ..., y_{k-1}. */
export function grow(
  value: Tensor,
  order: number,
  next: (k: number, y: Coefficients) => MaybeZero,
): Coefficients {
  const y: [Tensor, ...MaybeZero[]] = [value];
  for (let k = 1; k <= order; k++) y.push(next(k, y));
  return y;
}

/** sum over j = from, ..., to of a_j b_{k-j} */
export function convolve(a: Coefficients, b: Coefficients, k: number, from = 0, to = k): MaybeZero {
  let total: MaybeZero = null;
  for (let j = from; j <= to; j++) total = plus(total, times(a[j] ?? null, b[k - j] ?? null));
  return total;
}

/** Coefficient k of the integral of u dx: (1 / k) sum over j = 1, ..., k of j x_j u_{k-j} */
export function integral(u: readonly MaybeZero[], x: Coefficients, k: number): MaybeZero {
  let total: MaybeZero = null;
  for (let j = 1; j <= k; j++) {
    const term = times(x[j] ?? null, u[k - j] ?? null);
    total = plus(total, term === null ? null : mul(term, j / k));
  }
  return total;
}

/** a + b */
export function plus(a: MaybeZero, b: MaybeZero): MaybeZero {
  if (a === null || b === null) return a ?? b;
  return add(a, b);
}

function times(a: MaybeZero, b: MaybeZero): MaybeZero {
  return a === null || b === null ? null : mul(a, b);
}
