import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, test } from "@jest/globals";
import {
  allNumbers,
  hold,
  liveTraces,
  ones,
  stack,
  tensor,
  tracedOf,
  TracedValueError,
  type Abstract,
  type Tensor,
} from "@cotangent/core-tensor";
import {
  closureConvert,
  cond,
  customJvp,
  grad,
  hessian,
  jacobian,
  jet,
  jit,
  jvp,
  opaque,
  stopGradient,
  scan,
  vmap,
  whileLoop,
} from "@cotangent/autodiff";
import { isSameWithJit, jitCompositions } from "@cotangent/autodiff/testing";
import { runs } from "./runs.js";
import { thrown } from "./thrown.js";

const f64 = (shape: readonly number[]): Abstract => ({ shape, dtype: "float64" });

/** Code that asks for numbers, of all examples at once: x^2 n, for n the number of digits before the point. */
function digits(x: Tensor): Tensor {
  const largest = Math.max(0, ...allNumbers(x, "digits").map(Math.abs));
  return x.square().mul(Math.ceil(Math.log10(1 + largest)));
}

let ran = 0;
/** The same, inside of jit too. */
const recorded = (x: Tensor): Tensor => {
  const apply = ([v]: readonly Tensor[]) => {
    ran += 1;
    return [digits(v!)];
  };
  return opaque({ name: "digits", outputs: [x], apply }, [x])[0]!;
};
const inside = (x: Tensor): Tensor => recorded(x.mul(3).add(1)).sin();

describe("opaque code inside of jit", () => {
  test.each(jitCompositions)("is itself under $name", (composition) => {
    const arbX = fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(arbX, (x) => isSameWithJit(composition, inside, tensor(x), 1e-9)),
      runs(8, 200),
    );
  });
  test("is itself in a Hessian, a Jacobian, a series of the jitted function, a loop and a branch", () => {
    const x = tensor([1.5, 20]);
    const f = (y: Tensor) => inside(y).sum();
    const close = (a: Tensor, b: Tensor) => expect(a.sub(b).abs().max().item()).toBeLessThan(1e-10);
    close(jit(hessian(f))(x), hessian(f)(x));
    close(hessian(jit(f))(x), hessian(f)(x));
    close(jit(jacobian(inside))(x), jacobian(inside)(x));
    close(jacobian(jit(inside), { mode: "forward" })(x), jacobian(inside)(x));
    const step = (c: Tensor): [Tensor, Tensor] => [recorded(c.div(3)), c];
    const loop = (c: Tensor) => scan(step, c, undefined, { length: 3 })[0];
    close(jit(loop)(x), loop(x));
    close(jit(grad((c: Tensor) => loop(c).sum()))(x), grad((c: Tensor) => loop(c).sum())(x));
    const grow = (y: Tensor) => whileLoop((z: Tensor) => z.sum().less(1e4), (z) => recorded(z), y); // prettier-ignore
    close(jit(grow)(x), grow(x));
    const either = (y: Tensor) => cond(y.sum().less(0), (z: Tensor) => z, recorded, y);
    for (const y of [x, x.neg()]) {
      close(jit(either)(y), either(y));
      close(jit(grad((z: Tensor) => either(z).sum()))(y), grad((z: Tensor) => either(z).sum())(y));
    }
  });
  test("runs once for a value, and once for a value with its gradient", () => {
    const [value, gradient] = [jit(recorded), jit(grad((x: Tensor) => recorded(x).sum()))];
    const x = tensor([1, 2]);
    for (let run = 0; run < 3; run++) {
      for (const f of [value, gradient, (y: Tensor) => grad((z: Tensor) => value(z).sum())(y)]) {
        ran = 0;
        f(x);
        expect(ran).toBe(1);
      }
    }
    const batch = jit(vmap(grad((y: Tensor) => recorded(y).sum())));
    for (let run = 0; run < 3; run++) {
      ran = 0;
      batch(stack([x, x]));
      expect(ran).toBe(1);
    }
  });
  test("runs at once where the numbers are known", () => {
    ran = 0;
    const f = jit((x: Tensor) => x.add(recorded(tensor([20]))));
    for (let run = 0; run < 3; run++) f(tensor([1]));
    expect(ran).toBe(1);
  });
  test("keeps what it is given: tensors do not change", () => {
    const kept: Tensor[] = [];
    const apply = (xs: readonly Tensor[]) => {
      kept.push(...xs);
      return xs;
    };
    const f = jit((x: Tensor) => opaque({ name: "keep", outputs: [x], apply }, [x.mul(2)])[0]!.sum());
    for (const x of [tensor([1, 2]), tensor([3, 4]), tensor([5, 6])]) f(x);
    expect(kept.map((x) => x.toArray())).toEqual([[2, 4], [6, 8], [10, 12]]); // prettier-ignore
  });
  test("leaves no tape behind", async () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const alive: WeakRef<object>[] = [];
    const apply = ([x]: readonly Tensor[]) => {
      const y = x!.exp();
      alive.push(new WeakRef(tracedOf(y)!.primal!));
      return [y.mul(y)];
    };
    const square = (x: Tensor) => opaque({ name: "square", outputs: [x], apply }, [x])[0]!;
    const f = jit(grad((x: Tensor) => square(x).sum()));
    for (let run = 0; run < 5; run++) f(ones([1000]));
    await new Promise((resolve) => setTimeout(resolve, 0));
    collect();
    expect(alive.filter((ref) => ref.deref() !== undefined)).toEqual([]);
  });
  test("holds still what was held when it was recorded", () => {
    let w = tensor(1);
    const apply = ([x]: readonly Tensor[]) => [x!.mul(w)];
    const f = jit((x: Tensor) => opaque({ name: "scaled", outputs: [x], apply }, [x])[0]!);
    const along = grad((v: Tensor) => {
      w = v;
      return hold(liveTraces(), () => f(tensor(5))).mul(v);
    });
    expect(along(3).item()).toBe(15);
    expect(f(tensor(7)).item()).toBe(21);
  });
  test("has no rule for series inside of jit, and says so", () => {
    const [x, v] = [tensor([1]), tensor([2])];
    const series = (f: (y: Tensor) => Tensor) => jet(f, [x], [[v]]).series[0]!;
    expect(thrown(() => jit((y: Tensor) => jet(recorded, [y], [[y]]).value)(x)).message).toContain(
      "nested jvp",
    );
    expect(series(jit(recorded)).toArray()).toEqual(series(recorded).toArray());
  });
  test("must return what it said", () => {
    const wrong = (x: Tensor) => opaque({ name: "wrong", outputs: [f64([3])], apply: (xs) => xs }, [x])[0]!;
    const f = jit(wrong);
    expect(f.lower(tensor([1, 2])).outputs[0]!.shape).toEqual([3]);
    for (const g of [f, wrong]) {
      const { message, code } = thrown(() => g(tensor([1, 2])));
      expect(code).toBe("SHAPE");
      expect(message).toContain(
        "wrong: result 0 was said to be float64 of shape [3], but is float64 of shape [2]",
      );
    }
  });
  test("code that closes over a traced value is refused in a compiled function, in each of its runs", () => {
    const product = (a: Tensor) =>
      jit((b: Tensor) => opaque({ name: "product", outputs: [b], apply: ([v]) => [v!.mul(a)] }, [b])[0]!);
    const transforms: ((f: (a: Tensor) => Tensor) => unknown)[] = [
      (f) => grad(f)(3),
      (f) => vmap(f)(tensor([3, 4])),
    ];
    for (const transform of transforms) {
      for (const runs of [1, 2, 3]) {
        const f = (a: Tensor) => {
          const compiled = product(a);
          for (let run = 1; run < runs; run++) expect(() => compiled(2)).toThrow(TracedValueError);
          return compiled(2);
        };
        expect(() => transform(f)).toThrow("Make the value one of its inputs");
      }
    }
    // What stands still is a number.
    const still = (a: Tensor) => product(stopGradient(a));
    expect(grad((a: Tensor) => { const f = still(a); return f(1).add(f(1)).add(f(2)).mul(a); })(3).item()).toBe(12); // prettier-ignore
  });
  test("as many results are returned as were said", () => {
    const twice = (y: Tensor) => opaque({ name: "twice", outputs: [y], apply: ([v]) => [v!, v!] }, [y])[0]!;
    for (const g of [jit(twice), twice]) {
      expect(thrown(() => g(tensor([1, 2]))).message).toContain(
        "1 results were said to come, but there are 2",
      );
    }
  });
  test("a linear one is a line of a tape, both ways", () => {
    const A = tensor([[1, 2], [3, 4]]); // prettier-ignore
    const product = (M: Tensor, v: Tensor): Tensor =>
      opaque({ name: "product", outputs: [v], linear: 1, apply: ([x, m]) => [m!.matmul(x!)] }, [v, M])[0]!;
    const f = customJvp((x: Tensor) => A.matmul(x), ([x], [t]) => ({
      value: A.matmul(x),
      tangent: product(A.mul(x.sum().div(x.sum())), t),
    })); // prettier-ignore
    const g = (x: Tensor) => f(x).square().sum();
    const x = tensor([0.5, -1]);
    const wanted = grad((y: Tensor) => A.matmul(y).square().sum())(x).toArray();
    for (const h of [jit(grad(g)), grad(jit(g))]) expect(h(x).toArray()).toEqual(wanted);
    const along = (y: Tensor) => jvp(g, [y], [y]).tangent;
    expect(jit(along)(x).item()).toBe(along(x).item());
  });
});

describe("closureConvert", () => {
  test("makes arguments of what a function closes over", () => {
    grad((a: Tensor) => {
      const b = a.mul(2);
      const { captures, call } = closureConvert(([x]) => [x!.mul(a).add(b)], [f64([])]);
      expect(captures.map((x) => x.item())).toEqual([3, 6]);
      expect(call([tensor(5), tensor(1)], [tensor(7)])[0]!.item()).toBe(36);
      return a;
    })(3);
  });
  test("leaves a function alone that closes over none", () => {
    const f = ([x]: readonly Tensor[]) => [x!.mul(2)];
    const { captures, call } = closureConvert(f, [f64([])]);
    expect(captures).toEqual([]);
    expect(call([], [tensor(3)])[0]!.item()).toBe(6);
  });
});
