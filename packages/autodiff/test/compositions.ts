import { expect } from "@jest/globals";
import { stack, tensor, UnknownValueError, type Tensor } from "@cotangent/core-tensor";
import {
  checkpoint,
  cond,
  customJvp,
  customVjp,
  grad,
  hessian,
  hvp,
  jacfwd,
  jacobian,
  jacrev,
  jet,
  jit,
  jvp,
  linearize,
  RuleError,
  scan,
  sparseHessian,
  sparseJacobian,
  stopGradient,
  valueAndGrad,
  vjp,
  vmap,
  whileLoop,
} from "@cotangent/autodiff";
import { differenceOf } from "./dense-of.js";

export type Map = (x: Tensor) => Tensor;

const direction = (x: Tensor) => x.cos();
/** A Jacobian of a map that keeps the shape of x, times a vector. */
const times = (J: Tensor, x: Tensor) =>
  J.reshape([J.size / x.size, x.size])
    .matmul(direction(x).ravel())
    .reshape(x.shape);
const scalar = (f: Map) => (x: Tensor) => f(x).square().sum();

/** Every transformation, as one of maps that keep the shape of their argument. */
export const transformations: Readonly<Record<string, (f: Map) => Map>> = {
  grad: (f) => grad(scalar(f)),
  valueAndGrad: (f) => (x) => {
    const [value, gradient] = valueAndGrad(scalar(f))(x);
    return gradient.mul(value);
  },
  "grad with aux": (f) => (x) => {
    const [gradient, aux] = grad((y: Tensor) => [scalar(f)(y), f(y)] as const, { hasAux: true })(x);
    return gradient.add(aux);
  },
  jvp: (f) => (x) => jvp(f, [x], [direction(x)]).tangent,
  vjp: (f) => (x) => vjp(f, x).pullback(direction(x))[0],
  linearize: (f) => (x) => {
    const { value, pushforward, pullback } = linearize(f, x);
    return pushforward(direction(x)).add(pullback(value)[0]);
  },
  jacobian: (f) => (x) => times(jacobian(f)(x), x),
  jacfwd: (f) => (x) => times(jacfwd(f)(x), x),
  jacrev: (f) => (x) => times(jacrev(f)(x), x),
  hessian: (f) => (x) => times(hessian(scalar(f))(x), x),
  hvp: (f) => (x) => hvp(scalar(f), x, direction(x)),
  jet: (f) => (x) => {
    const { series } = jet(f, [x], [[direction(x), x.sin()]]);
    return series[0]!.add(series[1]!);
  },
  sparseJacobian: (f) => (x) => {
    const { data, indices } = sparseJacobian(f, x);
    return x.mul(data.square().sum()).add(direction(x).ravel().take(indices).mul(data).sum());
  },
  sparseHessian: (f) => (x) => x.mul(sparseHessian(scalar(f), x).data.square().sum()),
  checkpoint: (f) => (x) => checkpoint(f)(x),
  customJvp: (f) => customJvp(f, ([x], [t]) => ({ value: f(x), tangent: jvp(f, [x], [t]).tangent.mul(2) })),
  customVjp: (f) =>
    customVjp(f, {
      forward: (x) => ({ value: f(x), residuals: x }),
      backward: (x, ct) => [vjp(f, x).pullback(ct)[0].mul(2)],
    }),
  stopGradient: (f) => (x) => f(stopGradient(x)).mul(x),
  scan: (f) => (x) => {
    const [last, ys] = scan((c: Tensor, s: Tensor) => [f(c).mul(s), f(c).mul(x)], x, tensor([1, 0.5, 2]));
    return last.add(ys.sum({ axis: 0 }));
  },
  "scan with checkpoints": (f) => (x) =>
    scan((c: Tensor, s: Tensor) => [f(c).mul(s).mul(x), []], x, stack([x, x.sin(), x]), {
      checkpoint: { arity: 2 },
    })[0],
  whileLoop: (f) => (x) =>
    whileLoop(
      ({ y }) => y.square().sum().less(4),
      ({ y, i }) => ({ y: f(y).add(y.mul(2)), i: i.add(1) }),
      { y: x, i: 0 },
    ).y,
  cond: (f) => (x) => cond(x.sum().greater(0.5), f, (y) => f(y).sin(), x),
  jit: (f) => (x) => jit((y: Tensor) => f(y).mul(x))(x),
  "jit of control flow": (f) =>
    jit((x) => transformations["cond"]!(f)(x).add(transformations["whileLoop"]!((y) => y.mul(2))(x))),
  vmap: (f) => (x) => vmap((s: Tensor) => f(x.mul(s)))(tensor([1, 2, 0.5])).sum({ axis: 0 }),
};

/** A map that is not elementwise, of tensors of any shape; bounded, so that it can be iterated. */
export const bounded: Map = (x) => x.sin().mul(x.sin().sum()).add(x.square().sin());

/** Three examples that take different ways through `cond` and `whileLoop`. */
export const batch = tensor([[0.5, -0.25], [1, 0.75], [-1.5, 2]]); // prettier-ignore
export const looped = (map: Map) => (xs: Tensor) => stack([0, 1, 2].map((k) => map(xs.slice(k))));

/**
 * Equal to rounding, or both refused: forward mode through `customVjp`, Taylor mode through a custom rule, sparsity of values
 * that are not known inside of `jit`.
 */
export function expectSame(found: () => Tensor, wanted: () => Tensor): void {
  let expected: Tensor;
  try {
    expected = wanted();
  } catch (error) {
    const refusal = error instanceof UnknownValueError ? UnknownValueError : RuleError;
    expect(error).toBeInstanceOf(refusal);
    expect(found).toThrow(refusal);
    return;
  }
  const result = found();
  expect(result.shape).toEqual(expected.shape);
  expect(differenceOf(result, expected)).toBeLessThan(1e-12);
}

/** T1 of a batch of T2 of a function, and T1 of T2 of it in a batch, are those of a loop. */
export function checkPair(outer: string, inner: string): void {
  const [T, of] = [transformations[outer]!, transformations[inner]!];
  const map = of(bounded);
  expectSame(
    () => T(vmap(map))(batch),
    () => T(looped(map))(batch),
  );
  expectSame(
    () => vmap(T(map))(batch),
    () => looped(T(map))(batch),
  );
}
