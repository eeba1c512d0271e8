import { describe, expect, test } from "@jest/globals";
import { checkNumbers, tensor, type Tensor } from "@cotangent/core-tensor";
import { Chain, cond, customJvp, opaque, Routine, whileLoop } from "@cotangent/autodiff";
import { watch } from "./watch.js";

interface Point {
  readonly w: Tensor;
  readonly b: Tensor;
}

/** After this many calls there is a plan. */
const AFTER = 25;

/** x - s grad f(x), and f there, of two routines that close over a factor. */
function made({ jit = true } = {}) {
  const closed = { factor: 1, refused: false };
  const loss = new Routine(
    ({ w, b }: Point, y: Tensor) => {
      if (closed.refused) w.sum().item();
      return w.sin().mul(y).sum().add(b.square()).mul(closed.factor);
    },
    { jit },
  );
  const step = new Routine(
    (x: Point, g: Point, s: number): Point => ({ w: x.w.sub(g.w.mul(s)), b: x.b.sub(g.b.mul(s)) }),
    { jit },
  );
  const each = (x: Point, y: Tensor, s: number): [Point, Tensor] => {
    const next = step.call(x, loss.differentiate("now", x, y).gradient(), s);
    return [next, loss.call(next, y)];
  };
  const chain = new Chain(each, { after: AFTER - 1 });
  const begin = (): void => {
    loss.begin();
    step.begin();
  };
  /** So many steps, their last point and value, and how many of them were one plan. */
  const run = (steps: number, x0: Point, y: Tensor) => {
    begin();
    let [x, together, value] = [x0, 0, NaN];
    for (let k = 0; k < steps; k++) {
      const one = chain.call(x, y, 0.1 + 0.1 / (k + 1));
      if (one !== undefined) together += 1;
      const [next, at] = one ?? each(x, y, 0.1 + 0.1 / (k + 1));
      [x, value] = [next, at.item()];
    }
    return { numbers: [...x.w.toTypedArray(), x.b.item(), value], together };
  };
  return { closed, chain, run };
}

const start: Point = { w: tensor([1, -2, 0.5]), b: tensor(0.3) };
const y = tensor([0.3, 0.7, -1]);
describe("a chain of routines", () => {
  test("keeps silent about what has no plan, and about nothing else", () => {
    const fault = new Chain(
      (): Tensor => {
        throw new TypeError("a fault");
      },
      { after: 0 },
    );
    expect(() => fault.call()).toThrow("a fault");
    const unknown = new Chain((x: Tensor) => x.mul(x.item()), { after: 0 });
    expect(unknown.call(tensor(2))).toBeUndefined();
  });

  test("is one plan after some hundreds of calls, with the same bits", () => {
    const { run } = made();
    const expected = made({ jit: false }).run(AFTER + 20, start, y);
    expect(expected.together).toBe(0);
    const first = run(AFTER + 20, start, y);
    expect(first).toEqual({ ...expected, together: 20 });
    let again = first;
    const { plans } = watch(() => (again = run(AFTER + 20, start, y)));
    // The first call of a run is an ordinary one.
    expect(again).toEqual({ ...expected, together: AFTER + 19 });
    // In it, the gradient and the value that follows it are compiled ones already.
    expect(plans).toBe(AFTER + 19 + 2);
  });

  test("follows what its routines close over, from run to run", () => {
    const { run, closed } = made();
    const agree = (steps: number, together: number): void => {
      const other = made({ jit: false });
      other.closed.factor = closed.factor;
      expect(run(steps, start, y)).toEqual({ ...other.run(steps, start, y), together });
    };
    agree(AFTER, 0);
    agree(10, 9);
    closed.factor = 2;
    agree(10, 0);
    // Twelve calls without a plan have been counted.
    agree(AFTER, 11);
    agree(10, 9);
  });

  test("is not there for other shapes, and comes for them too", () => {
    const { run } = made();
    run(AFTER, start, y);
    const [longer, other] = [{ w: tensor([1, 2, 3, 4]), b: start.b }, tensor([1, 0, -1, 2])];
    expect(run(AFTER, longer, other).together).toBe(0);
    expect(run(10, longer, other).together).toBe(9);
    expect(run(10, start, y).together).toBe(9);
  });

  test("is not there while a routine cannot be compiled", () => {
    const { run, closed } = made();
    closed.refused = true;
    const expected = made({ jit: false }).run(AFTER + 10, start, y);
    expect(run(AFTER + 10, start, y)).toEqual({ ...expected, together: 0 });
    closed.refused = false;
    run(AFTER, start, y);
    expect(run(10, start, y).together).toBe(9);
    closed.refused = true;
    expect(run(10, start, y).together).toBe(0);
  });

  test("is not there for what one of its checks refuses", () => {
    const root = new Routine((x: Tensor) => {
      checkNumbers(x, "root", (numbers) => {
        if (numbers.some((value) => value < 0)) throw new Error("negative");
      });
      return x.sqrt();
    });
    const twice = (x: Tensor) => root.call(root.call(x));
    const chain = new Chain(twice, { after: AFTER - 1 });
    for (let call = 0; call < AFTER; call++)
      expect(chain.call(tensor(16)) ?? twice(tensor(16))).toEqual(tensor(2));
    expect(chain.call(tensor(81))).toEqual(tensor(3));
    expect(chain.call(tensor(-1))).toBeUndefined();
    expect(() => twice(tensor(-1))).toThrow("negative");
    expect(chain.call(tensor(81))).toEqual(tensor(3));
  });

  const half = (x: Tensor): Tensor => x.mul(0.5);
  test.each<[string, boolean, (x: Tensor) => Tensor]>([
    ["a loop, which may have no end", false, (x) => whileLoop((y: Tensor) => y.greater(1), half, x)],
    ["code", false, (x) => opaque({ name: "half", outputs: [x], apply: ([y]) => [half(y!)] }, [x])[0]!],
    [
      "a loop in a branch",
      false,
      (x) => cond(x.greater(1), (y) => whileLoop((z: Tensor) => z.greater(1), half, y), half, x),
    ],
    ["a branch", true, (x) => cond(x.greater(1), half, (y: Tensor) => y, x)],
    ["a derivative of its own", true, customJvp(half, ([x], [t]) => ({ value: half(x), tangent: half(t) }))],
  ])("with %s there is a plan: %s", (_, expected, f) => {
    const routine = new Routine(f);
    const twice = (x: Tensor) => routine.call(routine.call(x));
    const chain = new Chain(twice, { after: AFTER - 1 });
    const together = Array.from({ length: AFTER + 5 }, () => {
      const x = tensor(4);
      const one = chain.call(x);
      expect((one ?? twice(x)).item()).toBe(twice(x).item());
      return one !== undefined;
    });
    expect(together.at(-1)).toBe(expected);
  });
});
