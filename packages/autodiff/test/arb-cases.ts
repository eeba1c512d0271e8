import fc from "fast-check";
import { sizeOf, tensor, type Shape, type Tensor } from "@cotangent/core-tensor";
import { arbShape, arbTensor } from "@cotangent/autodiff/testing";

/** Operands and parameters for one application of a primitive. */
export interface Operands<P extends object> {
  readonly inputs: readonly Tensor[];
  readonly params: P;
}

const fractions = (min: number, max: number, denominator: number, shift = 0) =>
  fc.integer({ min: min * denominator, max: max * denominator }).map((k) => k / denominator + shift);

/** Domains: elements where an operation is smooth, at a distance from kinks that a Taylor test does not cross. */
export const real = fractions(-2, 2, 8);
export const positive = fractions(0, 3, 4, 0.25);
export const apart = fc.tuple(fractions(0, 2, 4, 0.25), fc.boolean()).map(([x, minus]) => (minus ? -x : x));
export const betweenIntegers = fractions(-2, 2, 4, 0.125);
export const small = fractions(-1, 1, 8);
/** Positive, or negative between the poles of the gamma function. */
export const offPoles = fc.oneof(positive, fractions(-2, -1, 1, 0.5), fractions(-2, -1, 1, 0.375));
/** No number of `quarters` equals or is near one of `betweenIntegers`. */
export const quarters = fractions(-2, 2, 4);

/** Tensors of the given domains whose shapes broadcast together: [3] with [2, 3], [2, 1], [], sizes 0 and 1, ... */
export function broadcasting(...domains: readonly fc.Arbitrary<number>[]): fc.Arbitrary<readonly Tensor[]> {
  return arbShape().chain((shape) => {
    const part = fc
      .tuple(
        fc.nat(shape.length),
        fc.array(fc.boolean(), { minLength: shape.length, maxLength: shape.length }),
      )
      .map(([from, stretched]) => shape.map((n, axis) => (stretched[axis] === true ? 1 : n)).slice(from));
    const operand = (elements: fc.Arbitrary<number>) => arbTensor({ shape: part, elements });
    return fc.tuple(...domains.map(operand));
  });
}

/** A tensor of at least one axis, and one of its axes. */
export function withAxis(minLength = 0): fc.Arbitrary<{ x: Tensor; axis: number }> {
  return arbTensor({ shape: arbShape({ minRank: 1, minLength }) }).chain((x) =>
    fc.nat(x.ndim - 1).map((axis) => ({ x, axis })),
  );
}

/** All elements differ, by 1/4 at least: sorting and extrema are smooth there. */
export function distinct(shape: fc.Arbitrary<Shape>): fc.Arbitrary<Tensor> {
  return shape.chain((chosen) => {
    const size = sizeOf(chosen);
    const values = Array.from({ length: size }, (_, k) => (k - (size >> 1)) / 4);
    return fc
      .shuffledSubarray(values, { minLength: size })
      .map((shuffled) => tensor(Float64Array.from(shuffled), { shape: chosen }));
  });
}

/** A tensor with a non-empty set of its axes. */
export function withAxes(tensors: fc.Arbitrary<Tensor>): fc.Arbitrary<Operands<{ axes: readonly number[] }>> {
  return tensors.chain((x) =>
    fc.subarray([...x.shape.keys()], { minLength: 1 }).map((axes) => ({ inputs: [x], params: { axes } })),
  );
}

/** Lengths, in which 0 is rare and equal ones are not. */
const someLength = fc.constantFrom(2, 2, 2, 3, 3, 1, 0);

/** Factors of a product: batches on both sides or on one, either stored transposed, lengths from 0. */
export const products = fc
  .record({
    batch: arbShape({ maxRank: 2, maxLength: 2 }),
    side: fc.constantFrom("both", "left", "right"),
    lengths: fc.tuple(someLength, someLength, someLength),
    params: fc.record({ transposeA: fc.boolean(), transposeB: fc.boolean() }),
  })
  .chain(({ batch, side, lengths: [m, k, n], params }) => {
    const a = [...(side === "right" ? [] : batch), ...(params.transposeA ? [k, m] : [m, k])];
    const b = [...(side === "left" ? [] : batch), ...(params.transposeB ? [n, k] : [k, n])];
    return fc
      .tuple(arbTensor({ shape: a }), arbTensor({ shape: b }))
      .map((inputs) => ({ inputs: inputs, params }));
  });

/** A strided part of a tensor, backwards too: shape, and start, number and step of the indices along each axis. */
export const parts = arbShape({ minLength: 1, maxLength: 5 }).chain((shape) =>
  fc
    .tuple(
      ...shape.map((length) =>
        fc
          .record({
            low: fc.oneof(fc.constant(0), fc.nat(length - 1)),
            stride: fc.integer({ min: 1, max: 3 }),
            backwards: fc.boolean(),
          })
          .chain(({ low, stride, backwards }) => {
            const most = Math.floor((length - 1 - low) / stride) + 1;
            const counts = fc.oneof({ weight: 3, arbitrary: fc.constant(most) }, fc.nat(most));
            return counts.map((count) => ({
              start: backwards ? low + Math.max(count - 1, 0) * stride : low,
              length: count,
              step: backwards ? -stride : stride,
            }));
          }),
      ),
    )
    .map((axes) => ({
      shape,
      starts: axes.map(({ start }) => start),
      lengths: axes.map(({ length }) => length),
      steps: axes.map(({ step }) => step),
    })),
);

/** A tensor whose axes often have one length, so that they can be mistaken for each other, and an order of its axes. */
export const permuted = fc
  .oneof(
    arbShape({ maxRank: 4, maxLength: 2 }),
    fc.tuple(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 1, max: 3 })).map(([rank, n]) => new Array<number>(rank).fill(n)), // prettier-ignore
  )
  .chain((shape) =>
    fc.record({
      x: arbTensor({ shape }),
      axes: fc.shuffledSubarray([...shape.keys()], { minLength: shape.length }),
    }),
  );

/** Tensors that differ along one axis only. */
export const joinable = arbShape({ minRank: 1 }).chain((shape) =>
  fc
    .tuple(fc.nat(shape.length - 1), fc.array(fc.nat(2), { minLength: 1, maxLength: 3 }))
    .chain(([axis, lengths]) =>
      fc
        .tuple(
          ...lengths.map((length) => arbTensor({ shape: shape.map((n, i) => (i === axis ? length : n)) })),
        )
        .map((inputs) => ({ inputs: inputs, params: { axis } })),
    ),
);

/** Indices into an axis of `length`, of any rank, repeated ones likely. */
export function indices(length: number): fc.Arbitrary<Tensor> {
  return arbTensor({ shape: arbShape({ maxRank: 2 }), elements: fc.nat(length - 1), dtype: "int32" });
}

/** [..., n, n] far from singular, with rows in any order so that pivoting has work; and a right-hand side [..., n, m]. */
export const systems = fc
  .record({ batch: arbShape({ maxRank: 1, maxLength: 2 }), n: fc.nat(3), m: fc.nat(2) })
  .chain(({ batch, n, m }) =>
    fc.tuple(
      fc
        .tuple(arbTensor({ shape: [...batch, n, n], elements: small }), fc.boolean())
        .map(([noise, turned]) => noise.add(diagonal(n, turned))),
      arbTensor({ shape: [...batch, n, m] }),
    ),
  );

/** [..., n, n] with a large diagonal, so that both triangles are far from singular; and a right-hand side [..., n, m]. */
export const triangles = fc
  .record({ batch: arbShape({ maxRank: 1, maxLength: 2 }), n: fc.nat(3), m: fc.nat(2) })
  .chain(({ batch, n, m }) =>
    fc.tuple(
      arbTensor({ shape: [...batch, n, n], elements: small }).map((noise) => noise.add(diagonal(n, false))),
      arbTensor({ shape: [...batch, n, m] }),
    ),
  );

/** [..., m, n] of full rank. */
export const fullRank = fc
  .record({ batch: arbShape({ maxRank: 1, maxLength: 2 }), m: fc.nat(4), n: fc.nat(3) })
  .chain(({ batch, m, n }) =>
    arbTensor({ shape: [...batch, m, n], elements: small }).map((noise) =>
      noise.add(diagonal(Math.max(m, n), false).slice([0, m], [0, n])),
    ),
  );

/** [..., m, n] with singular values, and eigenvalues of the symmetric part, far apart and far from zero. */
export const spread = fc
  .record({
    batch: arbShape({ maxRank: 1, maxLength: 2 }),
    m: someLength,
    n: someLength,
    square: fc.boolean(),
  })
  .chain(({ batch, m, n: chosen, square }) => {
    const n = square ? m : chosen;
    const far = Float64Array.from({ length: m * n }, (_, i) =>
      Math.floor(i / n) === i % n ? 2 + 3 * (i % n) : 0,
    );
    return arbTensor({ shape: [...batch, m, n], elements: small }).map((noise) =>
      noise.mul(0.25).add(tensor(far, { shape: [m, n] })),
    );
  });

/** [..., m, n] of full rank and right-hand sides for A^+ or A^+T. */
export const leastSquares = fc
  .record({
    a: fullRank,
    columns: fc.nat(2),
    params: fc.record({ transpose: fc.boolean(), cutoff: fc.constant(1e-12) }),
  })
  .chain(({ a, columns, params }) =>
    arbTensor({ shape: [...a.shape.slice(0, -2), a.shape.at(params.transpose ? -1 : -2)!, columns] }).map(
      (b) => ({
        inputs: [a, b],
        params,
      }),
    ),
  );

/** Three bands [..., n] of a matrix far from singular that needs pivoting or not, and a right-hand side [..., n, m]. */
export const bands = fc
  .record({ batch: arbShape({ maxRank: 1, maxLength: 2 }), n: fc.nat(4), m: fc.nat(2) })
  .chain(({ batch, n, m }) => {
    const band = arbTensor({ shape: [...batch, n], elements: small });
    return fc.tuple(
      band,
      band.map((noise) => noise.add(4)),
      band,
      arbTensor({ shape: [...batch, n, m] }),
    );
  });

function diagonal(n: number, turned: boolean): Tensor {
  const rows = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => ((turned ? n - 1 - i : i) === j ? 4 + i / 2 : 0)),
  );
  return n === 0 ? tensor([], { shape: [0, 0] }) : tensor(rows);
}
