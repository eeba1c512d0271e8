import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { tensor, type Tensor } from "@cotangent/core-tensor";
import { Composition, grad, jacobian, Routine, vmap } from "@cotangent/autodiff";

const vector = fc
  .array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 3, maxLength: 3 })
  .map((x) => tensor(x));

const scale = (x: Tensor, s: number) => x.mul(s);
const loss = (x: Tensor, y: Tensor) => x.sin().mul(y).sum().add(x.square().mean());
const step = (x: Tensor, y: Tensor, s: number) => x.sub(scale(grad(loss)(x, y), s));

/** A gradient step of two routines, whose functions count their calls, and close over a factor. */
function made({ jit = true } = {}) {
  const seen = { loss: 0, scale: 0, composition: 0, factor: 1 };
  const parts = {
    loss: new Routine(
      (x: Tensor, y: Tensor) => {
        seen.loss += 1;
        return loss(x, y);
      },
      { jit },
    ),
    scale: new Routine(
      (x: Tensor, s: number) => {
        seen.scale += 1;
        return scale(x, s * seen.factor);
      },
      { jit, static: [1] },
    ),
  };
  const composition = new Composition(
    (x: Tensor, y: Tensor, s: number) => {
      seen.composition += 1;
      return x.sub(parts.scale.call(parts.loss.differentiate("now", x, y).gradient(), s));
    },
    { static: [2] },
  );
  const begin = (): void => {
    for (const part of Object.values(parts)) part.begin();
  };
  /** As in a run: the routines are called by themselves first. */
  const use = (calls: number, s = 0.5): void => {
    const x = tensor([1, 2, 3]);
    for (let k = 0; k < calls; k++) {
      parts.loss.call(x, x);
      parts.scale.call(x, s);
    }
  };
  return { seen, composition, begin, use };
}

const [x, y] = [tensor([1, -2, 0.5]), tensor([0.3, 0.7, -1])];

describe("a composition of routines", () => {
  test("is its function, to the bit, also its derivatives and batches, in every run", () => {
    const { composition, begin, use } = made();
    fc.assert(
      fc.property(vector, vector, fc.constantFrom(0, 1, 2), (a, b, calls) => {
        begin();
        use(calls);
        expect(composition.call(a, b, 0.5)).toEqual(step(a, b, 0.5));
        const of = (f: typeof step) => jacobian((z: Tensor) => f(z, b, 0.5), { mode: "forward" })(a);
        expect(of(composition.call)).toEqual(of(step));
        const rows = tensor([[...a.toTypedArray()], [...b.toTypedArray()]]);
        const each = (f: typeof step) => vmap((z: Tensor) => f(z, b, 0.5))(rows);
        expect(each(composition.call)).toEqual(each(step));
      }),
    );
  });

  test("is recorded once, from programs: neither it nor what its routines were made of is called again", () => {
    const { seen, composition, begin, use } = made();
    for (let run = 1; run <= 3; run++) {
      begin();
      use(2);
      for (let k = 0; k < 3; k++) composition.call(x, y, 0.5);
      expect(seen).toMatchObject({ loss: 2 * run, scale: 2 * run, composition: 1 });
    }
    // Another static argument: one more.
    use(2, 0.25);
    expect(composition.call(x, y, 0.25)).toEqual(step(x, y, 0.25));
    expect(seen.composition).toBe(2);
  });

  test("sees what its routines close over when a run begins", () => {
    const { seen, composition, begin, use } = made();
    for (const factor of [1, 2, 2, 3, 1]) {
      begin();
      seen.factor = factor;
      use(1);
      expect(composition.call(x, y, 0.5)).toEqual(step(x, y, 0.5 * factor));
    }
    expect(seen.composition).toBe(4);
  });

  test("runs as it is where a routine has not been called in this run", () => {
    const { seen, composition, begin, use } = made();
    use(2);
    composition.call(x, y, 0.5);
    begin();
    seen.factor = 2;
    expect(composition.call(x, y, 0.5)).toEqual(step(x, y, 1));
    // To try does not count as a call of a routine: the function itself was the first one. A gradient follows it from a
    // recording at once, where there was one before.
    expect(seen).toMatchObject({ loss: 4, scale: 3 });
  });

  test("runs as it is where a routine is not compiled", () => {
    const { seen, composition, use } = made({ jit: false });
    use(2);
    for (let k = 0; k < 3; k++) expect(composition.call(x, y, 0.5)).toEqual(step(x, y, 0.5));
    expect(seen.scale).toBe(5);
    const asking = new Routine((z: Tensor) => z.mul(z.sum().item()));
    const twice = new Composition((z: Tensor) => asking.call(z).mul(2));
    for (let k = 0; k < 3; k++) asking.call(x);
    expect(twice.call(x)).toEqual(x.mul(x.sum().item()).mul(2));
  });

  test("a routine that closes over a traced value is no part of it", () => {
    const g = (z: Tensor) => {
      const times = new Routine((a: Tensor) => a.mul(z));
      const square = new Composition((a: Tensor) => times.call(times.call(a)).sum());
      for (let k = 0; k < 3; k++) times.call(x);
      return square.call(x);
    };
    for (let k = 0; k < 2; k++) expect(grad(g)(y)).toEqual(x.mul(y).mul(2));
  });

  test("errors are those of the function, and routines go on", () => {
    const { composition, use } = made();
    use(2);
    for (let k = 0; k < 2; k++)
      expect(() => composition.call(x, tensor([1, 2]), 0.5)).toThrow(/\[3\].*\[2\]/);
    expect(composition.call(x, y, 0.5)).toEqual(step(x, y, 0.5));
  });
});
