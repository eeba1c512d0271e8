import { expect } from "@jest/globals";
import fc from "fast-check";
import { isFloat, stopGradient, type PrimitiveName, type Tensor } from "@cotangent/core-tensor";
import { jvp, linearize, vmap } from "@cotangent/autodiff";
import { linalgBatch } from "../../src/rules/batch/linalg.js";
import { checkBatching } from "../../src/testing/check-batching.js";
import { batchLike, subsets } from "../batch-cases.js";
import { primitiveMatrix, type Application } from "../primitive-matrix.js";
import type { PrimitiveLaw } from "./law.js";

const places = fc.record({
  size: fc.integer({ min: 1, max: 3 }),
  place: fc.nat(5),
  outPlace: fc.nat(5),
  negative: fc.boolean(),
  dtype: fc.constantFrom("float64" as const, "float32" as const),
});

interface Places {
  readonly size: number;
  readonly place: number;
  readonly outPlace: number;
  readonly negative: boolean;
  /** Of all floating-point operands. */
  readonly dtype: "float64" | "float32";
}

/** Every operand in `set` as a batch, somewhere among its axes. */
function batchOf(
  { free }: Application,
  set: readonly number[],
  name: string,
  { size, place, negative }: Places,
) {
  const inPlace = Object.hasOwn(linalgBatch, name);
  const axes = free.map((x, i) => (set.includes(i) ? place % (x.ndim + 1) : null));
  const args = free.map((x, i) => (axes[i] === null ? x : batchLike(x, size, axes[i]!, inPlace)));
  const inAxes = axes.map((axis, i) => (axis !== null && negative ? axis - free[i]!.ndim - 1 : axis));
  return { args, inAxes };
}

const law = (
  title: string,
  check: (name: PrimitiveName, application: Application, at: Places, set: readonly number[]) => void,
): PrimitiveLaw => ({
  title,
  check: (name, runs) => {
    fc.assert(
      fc.property(primitiveMatrix[name].applications, places, ({ free, ...rest }, at) => {
        const operands = free.map((x) => (isFloat(x.dtype) ? x.astype(at.dtype) : x));
        const application = { ...rest, free: operands };
        for (const set of subsets(application.free.length)) check(name, application, at, set);
      }),
      runs,
    );
  },
});

/** For every primitive. */
export const batchLaws: readonly PrimitiveLaw[] = [
  law("batching is looping, whatever operands are batched", (name, application, at, set) => {
    const { args, inAxes } = batchOf(application, set, name, at);
    const rank = Math.min(...application.run(...application.free).map((y) => y.ndim));
    const axis = at.outPlace % (rank + 1);
    checkBatching(application.run, args, { inAxes, outAxes: at.negative ? -1 - axis : axis });
  }),

  law("of an empty batch it has the shapes", (name, application, at, set) => {
    const { args, inAxes } = batchOf(application, set, name, { ...at, size: 0 });
    const found = vmap(application.run, { inAxes })(...args);
    const one = application.run(...application.free);
    expect(found.map(({ shape, dtype }) => [shape, dtype])).toEqual(
      one.map(({ shape, dtype }) => [[0, ...shape], dtype]),
    );
  }),

  law("batches nest", (name, application, at, set) => {
    const outer = batchOf(application, set, name, { ...at, size: 2 });
    const inPlace = Object.hasOwn(linalgBatch, name);
    // The inner batch has the other operands, or the first one when there is none.
    const inner = application.free.map((_, i) =>
      !set.includes(i) || (set.length === application.free.length && i === 0) ? 0 : null,
    );
    const args = outer.args.map((x, i) => (inner[i] === 0 ? batchLike(x, 3, 0, inPlace) : x));
    const outerAxes = outer.inAxes.map((axis, i) =>
      axis !== null && axis >= 0 && inner[i] === 0 ? axis + 1 : axis,
    );
    checkBatching(vmap(application.run, { inAxes: inner }), args, { inAxes: outerAxes });
  }),
];

/** For primitives that are smooth on their line of the matrix. */
export const batchDerivativeLaws: readonly PrimitiveLaw[] = [
  law("a batch of derivatives is a loop over derivatives", (name, { free, ...application }, at, set) => {
    const floats = (xs: readonly Tensor[]) => xs.filter((x) => isFloat(x.dtype));
    // By index, not by value: derivatives with respect to the floating-point operands at once, in both modes.
    const derivatives = (...xs: readonly Tensor[]): readonly Tensor[] => {
      const own = floats(xs);
      const f = (...ys: readonly Tensor[]) => {
        let next = 0;
        return floats(application.run(...xs.map((x) => (isFloat(x.dtype) ? ys[next++]! : x))));
      };
      const { tangent, value } = jvp(
        f,
        own,
        own.map((x) => x.mul(0.5)),
      );
      const pulled = linearize(f, ...own).pullback(value.map((y) => stopGradient(y)));
      return [...tangent, ...pulled];
    };
    const { args, inAxes } = batchOf({ free, ...application }, set, name, at);
    checkBatching(derivatives, args, { inAxes });
  }),

  law("the derivative of a batch is a batch of derivatives", (name, { free, ...application }, at, set) => {
    const { args, inAxes } = batchOf({ free, ...application }, set, name, { ...at, size: 2 });
    const which = set.find((i) => isFloat(free[i]!.dtype));
    if (which === undefined) return;
    const of =
      (f: (...xs: readonly Tensor[]) => readonly Tensor[]) =>
      (...xs: readonly Tensor[]) => {
        const along = (x: Tensor) =>
          f(...xs.map((other, i) => (i === which ? x : other))).filter((y) => isFloat(y.dtype));
        const { value, pullback } = linearize(along, xs[which]!);
        return [jvp(along, [xs[which]!], [xs[which]!]).tangent, pullback(value)[0]] as const;
      };
    const [tangent, cotangent] = of(vmap(application.run, { inAxes }))(...args);
    const axis = inAxes[which]!;
    const [expected, pulled] = vmap(of(application.run), { inAxes, outAxes: [0, axis] })(...args);
    [...tangent, cotangent].forEach((found, i) => {
      const wanted = [...expected, pulled][i]!;
      const [x, y] = [Array.from(found.toTypedArray()), Array.from(wanted.toTypedArray())];
      expect(found.shape).toEqual(wanted.shape);
      const largest = y.reduce((m, v) => Math.max(m, Math.abs(v)), 0);
      x.forEach((v, k) =>
        expect(Math.abs(v - y[k]!)).toBeLessThanOrEqual(
          256 * (found.dtype === "float32" ? 2 ** -23 : 2 ** -52) * largest,
        ),
      );
    });
  }),
];
