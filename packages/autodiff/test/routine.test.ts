import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { tensor, type Tensor } from "@cotangent/core-tensor";
import { grad, jit, Routine, vmap, whileLoop } from "@cotangent/autodiff";
import { sameProgram } from "../src/routine/same-program.js";

const vector = fc
  .array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 3, maxLength: 3 })
  .map((x) => tensor(x));

/** A routine that counts the calls of its function. */
function counted(f: (x: Tensor, y: Tensor) => Tensor, options = {}) {
  const count = { calls: 0 };
  const routine = new Routine((x: Tensor, y: Tensor) => {
    count.calls += 1;
    return f(x, y);
  }, options);
  return { routine, count };
}

const f = (x: Tensor, y: Tensor) => x.sin().mul(y).sum().add(x.square().mean());

describe("a routine", () => {
  test("is its function, to the bit, also its gradient, whenever that is asked for", () => {
    const { routine } = counted(f);
    fc.assert(
      fc.property(vector, vector, fc.constantFrom("now", "later", "seldom"), (x, y, when) => {
        const { value, gradient } = routine.differentiate(when, x, y);
        expect(value.item()).toBe(f(x, y).item());
        expect(routine.call(x, y).item()).toBe(f(x, y).item());
        expect(gradient().toTypedArray()).toEqual(grad(f)(x, y).toTypedArray());
      }),
    );
  });

  test("runs its function twice in a run: once as it is, once to record it", () => {
    const { routine, count } = counted(f);
    const [x, y] = [tensor([1, 2, 3]), tensor([2, 0, 1])];
    for (let k = 0; k < 10; k++) routine.call(x, y);
    expect(count.calls).toBe(2);
    expect(routine.refusal).toBeUndefined();
    routine.begin();
    expect(routine.refusal).toBe("called too seldom");
    for (let k = 0; k < 10; k++) routine.differentiate("now", x, y).gradient();
    expect(count.calls).toBe(4);
  });

  test("may have more calls before it is compiled, or never be", () => {
    const [x, y] = [tensor([1, 2, 3]), tensor([2, 0, 1])];
    const after = counted(f, { after: 4 });
    const never = counted(f, { jit: false });
    for (let k = 0; k < 10; k++) [after, never].forEach(({ routine }) => routine.call(x, y));
    expect([after.count.calls, never.count.calls]).toEqual([5, 10]);
    expect(never.routine.refusal).toBe("jit: false");
  });

  test("sees what its function closes over when a run begins", () => {
    let factor = 1;
    const { routine } = counted((x, y) => x.mul(factor).add(y).sum());
    const [x, y] = [tensor([1, 2]), tensor([0, 0])];
    const found = [1, 2, 2, 3].map((value) => {
      routine.begin();
      factor = value;
      return [1, 2, 3].map(() => routine.call(x, y).item());
    });
    expect(found).toEqual([1, 2, 2, 3].map((value) => [3 * value, 3 * value, 3 * value]));
  });

  test("has a recording for each signature and each value of a static argument", () => {
    const power = new Routine((x: Tensor, n: number) => x.pow(n), { static: [1] });
    for (const n of [1, 2, 3]) {
      for (const x of [tensor([1, 2]), tensor([3])]) {
        for (let k = 0; k < 3; k++) expect(power.call(x, n)).toEqual(x.pow(n));
      }
    }
    // Arguments of one number of leaves, but other structure.
    const sum = new Routine((x: Tensor | { a: Tensor }) => ("a" in x ? x.a.mul(2) : x));
    for (let k = 0; k < 3; k++) {
      expect(sum.call(tensor([1])).item()).toBe(1);
      expect(sum.call({ a: tensor([1]) }).item()).toBe(2);
    }
  });

  test("is not compiled where it is to be confirmed, and cannot be", () => {
    const [x, y] = [tensor([1, 2]), tensor([3, 4])];
    const pure = counted((a, b) => a.mul(b), { confirm: true });
    const odd = counted((a, b) => (odd.count.calls === 2 ? a.add(b) : a.mul(b)), { confirm: true });
    for (const { routine, count } of [pure, odd]) {
      for (let k = 0; k < 5; k++) expect(routine.call(x, y)).toEqual(x.mul(y));
      expect(routine.isRefused).toBe(count === odd.count);
    }
    expect([pure.count.calls, odd.count.calls]).toEqual([2, 6]);
    expect(odd.routine.refusal).toBe("while it is recorded it does something else");
    // Under a transformation there is nothing to compare with.
    const traced = counted((a, b) => a.mul(b), { confirm: true });
    const sum = (a: Tensor) =>
      [1, 2, 3]
        .map(() => traced.routine.call(a, y))
        .at(-1)!
        .sum();
    expect(grad(sum)(x)).toEqual(y);
    expect(traced.routine.isRefused).toBe(true);
  });

  test("under transformations: what it closes over is differentiated", () => {
    const routine = new Routine((x: Tensor) => x.mul(x));
    const g = (x: Tensor) => {
      const times = new Routine((z: Tensor) => z.mul(x).sum());
      for (let k = 0; k < 3; k++) times.call(x);
      for (let k = 0; k < 3; k++) routine.call(x);
      return times.call(routine.call(x));
    };
    const x = tensor([1, -2]);
    for (let k = 0; k < 2; k++) {
      expect(grad(g)(x)).toEqual(x.square().mul(3));
      expect(vmap((z: Tensor) => grad(g)(z))(tensor([[1, -2]])).take(0)).toEqual(x.square().mul(3));
      expect(grad((z: Tensor) => grad(g)(z).sum())(x)).toEqual(x.mul(6));
    }
  });

  test("runs what cannot be recorded as it is, and says why", () => {
    const { routine, count } = counted((x, y) => (x.sum().item() > 0 ? x.mul(y).sum() : y.sum()));
    const [x, y] = [tensor([1, 2]), tensor([3, 4])];
    for (let k = 0; k < 5; k++) expect(routine.call(x, y).item()).toBe(11);
    expect(routine.differentiate("now", x, y).gradient()).toEqual(y);
    expect(count.calls).toBe(7);
    expect(routine.refusal).toMatch(/item: jit records operations before values are known/);
  });

  test("a loop has no gradient while values are unknown: then it is taken as it is", () => {
    const { routine } = counted((x, y) =>
      whileLoop(
        (z: Tensor) => z.square().sum().less(100),
        (z) => z.mul(2),
        x,
      )
        .mul(y)
        .sum(),
    );
    const [x, y] = [tensor([1, 2]), tensor([3, 4])];
    for (let k = 0; k < 4; k++) {
      const { value, gradient } = routine.differentiate("now", x, y);
      expect([value.item(), gradient()]).toEqual([88, tensor([24, 32])]);
    }
  });

  test("errors are those of the function", () => {
    const { routine } = counted((x, y) => x.add(y).sum());
    for (let k = 0; k < 3; k++) {
      expect(() => routine.call(tensor([1, 2]), tensor([1, 2, 3]))).toThrow(/\[2\].*\[3\]/);
    }
  });
});

describe("programs are the same", () => {
  const program = (g: (x: Tensor) => unknown) => jit(g).lower(tensor([1, 2]));
  const constant = tensor([3, 4]);
  const one = program((x) => x.mul(constant).add(1).sum());

  test("when they differ in names only", () => {
    const copy = tensor([3, 4]);
    expect(
      sameProgram(
        one,
        program((y) => y.mul(copy).add(1).sum()),
      ),
    ).toBe(true);
    const two = (x: Tensor) => [x.sin(), x.cos()];
    expect(sameProgram(program(two), program(two))).toBe(true);
  });

  test.each<[string, (x: Tensor) => unknown]>([
    [
      "a constant",
      (x) =>
        x
          .mul(tensor([3, 5]))
          .add(1)
          .sum(),
    ],
    ["the sign of a zero", (x) => x.mul(constant).add(-0).sum()],
    ["a parameter", (x) => x.mul(constant).add(1).sum({ keepDims: true })],
    ["an operation", (x) => x.mul(constant).sub(1).sum()],
    ["the order of operands", (x) => constant.mul(x).add(1).sum()],
    ["what is returned", (x) => [x.mul(constant).add(1).sum()].concat(x)],
    ["one more operation", (x) => x.mul(constant).add(1).sum().add(1)],
  ])("not when %s differs", (_, g) => {
    expect(sameProgram(one, program(g))).toBe(false);
    expect(sameProgram(program(g), one)).toBe(false);
  });

  test("a zero and a negative zero", () => {
    const [plus, minus] = [0, -0].map((zero) => program((x) => x.add(tensor([zero, 1]))));
    expect(sameProgram(plus!, minus!)).toBe(false);
  });

  test("constants of other shapes that share their numbers", () => {
    const [row, column] = [constant.reshape([1, 2]), constant.reshape([2, 1])];
    const [one, other] = [row, column].map((c) => program((x) => x.mul(c).sum()));
    expect(sameProgram(one!, other!)).toBe(false);
  });

  test("arguments of other shapes or dtypes", () => {
    const of = (x: Tensor) => jit((y: Tensor) => y.sum()).lower(x);
    expect(sameProgram(of(tensor([1])), of(tensor([1, 2])))).toBe(false);
    expect(sameProgram(of(tensor([1])), of(tensor([1], { dtype: "float32" })))).toBe(false);
  });

  test("code cannot be compared", () => {
    const loop = (x: Tensor) =>
      whileLoop(
        (z: Tensor) => z.sum().less(9),
        (z) => z.mul(2),
        x,
      );
    expect(sameProgram(program(loop), program(loop))).toBe(false);
  });
});
