import {
  bind,
  bindOne,
  mul,
  zerosLike,
  type PrimitiveName,
  type PrimitiveParams,
  type Tensor,
} from "@cotangent/core-tensor";
import { jvpRules } from "../jvp/table.js";
import type { At, JvpRule } from "../rule.js";
import { grow, integral, plus, type Coefficients, type JetAt, type JetRule } from "./rule.js";

type Operands = readonly Coefficients[];

/** Linear in all operands together: order by order. */
export function linear<P extends PrimitiveName>(series: Operands, at: JetAt<P>): readonly Coefficients[] {
  return linearIn<P>(...series.keys())(series, at);
}

/** Linear in the given operands together, the others constant. */
export function linearIn<P extends PrimitiveName>(...operands: readonly number[]): JetRule<P> {
  return (series, { primitive, params, order }) => {
    const varies = (i: number) => operands.includes(i);
    const at = (k: number) =>
      series.map((x, i) => (k === 0 || !varies(i) ? x[0] : (x[k] ?? zerosLike(x[0]))));
    const value = bindOne(primitive, at(0), params);
    const isZero = (k: number) => series.every((x, i) => !varies(i) || (x[k] ?? null) === null);
    return [grow(value, order, (k) => (isZero(k) ? null : bindOne(primitive, at(k), params)))];
  };
}

/** Linear in each of two operands: the Cauchy product. */
export function bilinear<P extends PrimitiveName>([a, b]: Operands, at: JetAt<P>): readonly Coefficients[] {
  const { primitive, params, order } = at;
  const coefficient = (k: number): Tensor | null => {
    let total: Tensor | null = null;
    for (let j = 0; j <= k; j++) {
      const [x, y] = [a![j] ?? null, b![k - j] ?? null];
      if (x !== null && y !== null) total = plus(total, bindOne(primitive, [x, y], params));
    }
    return total;
  };
  return [grow(bindOne(primitive, [a![0], b![0]], params), order, coefficient)];
}

/** Constant wherever it is smooth. */
export function constant<P extends PrimitiveName>(
  series: Operands,
  { primitive, params }: JetAt<P>,
): readonly Coefficients[] {
  const values = series.map((x) => x[0]);
  return bind(primitive, values, params).map((value) => [value] as const);
}

/** Written with other operations. */
export function composed<P extends PrimitiveName>(f: (...inputs: readonly Tensor[]) => Tensor): JetRule<P> {
  return (_, { inputs, trace }) => [trace.coefficientsOf(f(...inputs))];
}

/** y = integral of f'(x) dx, where f' is written with other operations. */
export function quadrature<P extends PrimitiveName>(derivative: (x: Tensor) => Tensor): JetRule<P> {
  return ([x], { primitive, inputs, params, order, trace }) => {
    const u = trace.coefficientsOf(derivative(inputs[0]!));
    return [grow(bindOne(primitive, [x![0]], params), order, (k) => integral(u, x!, k))];
  };
}

/** y = integral of u dx, where u is known from y: u0 is its value, coefficient(k, y) its coefficient k. */
export function differentialEquation<P extends PrimitiveName>(
  initial: (y: Tensor, x: Tensor) => Tensor,
  coefficient: (k: number, y: Coefficients) => Tensor | null,
): JetRule<P> {
  return ([x], { primitive, params, order }) => {
    const value = bindOne(primitive, [x![0]], params);
    const u: (Tensor | null)[] = [initial(value, x![0])];
    const next = (k: number, y: Coefficients): Tensor | null => {
      if (k > 1) u.push(coefficient(k - 1, y));
      return integral(u, x!, k);
    };
    return [grow(value, order, next)];
  };
}

/** y_k = partial(x_k) for k > 0: one smooth piece is selected, which is linear. */
export function selecting<P extends PrimitiveName>(
  weight: (
    values: readonly Tensor[],
    output: Tensor,
    params: PrimitiveParams[P],
  ) => (xs: readonly (Tensor | null)[]) => Tensor,
): JetRule<P> {
  return (series, { primitive, params, order }) => {
    const values = series.map((x) => x[0]);
    const value = bindOne(primitive, values, params);
    const piece = weight(values, value, params);
    const at = (k: number): Tensor | null => {
      const xs = series.map((x) => x[k] ?? null);
      return xs.every((x) => x === null) ? null : piece(xs);
    };
    return [grow(value, order, at)];
  };
}

/**
 * From the derivative rule: y' = J(x) x', so that the series of y to order k - 1 gives order k. The rule is run on series
 * once for every order, which costs K times as much as a recurrence, and 2^K times as much where the rule uses the
 * primitive itself.
 */
export function byDerivative<P extends PrimitiveName>(
  series: Operands,
  at: JetAt<P>,
): readonly Coefficients[] {
  const { primitive, params, order, trace: whole } = at;
  const values = series.map((x) => x[0]);
  const ys = bind(primitive, values, params).map((value): [Tensor, ...(Tensor | null)[]] => [value]);
  const rule = jvpRules[primitive.name] as JvpRule<P>;
  for (let k = 1; k <= order; k++) {
    const next = whole.lower(k - 1, (trace) => {
      const tangents = series.map((x) => {
        const slope = Array.from({ length: k }, (_, j) => {
          const c = x[j + 1] ?? null;
          return c === null ? null : mul(c, j + 1);
        });
        if (slope.every((c) => c === null)) return null;
        const [first, ...rest] = slope;
        return trace.tensorOf([first ?? zerosLike(x[0]), ...rest]);
      });
      const upTo = ([value, ...rest]: Coefficients) => trace.tensorOf([value, ...rest.slice(0, k - 1)]);
      const point: At<P> = { primitive, inputs: series.map(upTo), outputs: ys.map(upTo), params };
      return rule(tangents, point).map((slope) =>
        slope === null ? null : (trace.coefficientsOf(slope)[k - 1] ?? null),
      );
    });
    ys.forEach((y, i) => {
      const slope = next[i] ?? null;
      y.push(slope === null ? null : mul(slope, 1 / k));
    });
  }
  return ys;
}
