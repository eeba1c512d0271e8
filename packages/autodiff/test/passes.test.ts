import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { linspace, matmul, takeAlongAxis, tensor, zeros, type Tensor } from "@cotangent/core-tensor";
import { customJvp, grad, jit } from "@cotangent/autodiff";
import { fuseEquations } from "../src/compiled/fusion/fuse-equations.js";
import { optimise } from "../src/compiled/optimise.js";
import { accumulations } from "../src/compiled/passes/accumulations.js";
import { commonSubexpressions } from "../src/compiled/passes/common-subexpressions.js";
import { expandExpressions } from "../src/compiled/passes/expand-expressions.js";
import { factors } from "../src/compiled/passes/factors.js";
import { foldConstants } from "../src/compiled/passes/fold-constants.js";
import { identities } from "../src/compiled/passes/identities.js";
import { inlineCalls } from "../src/compiled/passes/inline-calls.js";
import { readInPlace } from "../src/compiled/passes/read-in-place.js";
import { sorts } from "../src/compiled/passes/sorts.js";
import { transposedProducts } from "../src/compiled/passes/transposed-products.js";
import { uniformConstants } from "../src/compiled/passes/uniform-constants.js";
import { play } from "../src/program/play.js";
import { Program } from "../src/program/program.js";
import { record } from "../src/program/record.js";
import { checkJit, sameBits } from "../src/testing/check-jit.js";
import { arbProgram } from "./programs/arb-program.js";

const x = tensor([0.5, -2, 3]);
const m = tensor([[1, 2, 3], [4, 5, 6]]); // prettier-ignore

const recorded = (f: (...xs: Tensor[]) => Tensor, ...args: readonly Tensor[]) =>
  record((xs) => [f(...xs)], args).program;

/** The names of the operations. */
const namesOf = ({ equations }: Program): string[] =>
  equations.map((equation) => ("call" in equation ? equation.call.name : equation.primitive.name));

const passes = {
  inlineCalls,
  expandExpressions,
  foldConstants,
  identities,
  factors,
  commonSubexpressions,
  transposedProducts,
  uniformConstants,
  sorts,
  accumulations,
  readInPlace,
  fuseEquations,
  optimise,
};

describe.each(Object.entries(passes))("%s", (_, pass) => {
  test("changes no bit of a random program, nor of its gradient", () => {
    fc.assert(
      fc.property(arbProgram({ maxSteps: 12 }), ({ f, inputs }) => {
        const value = (...xs: Tensor[]) => f(...xs);
        const gradient = (first: Tensor, ...rest: Tensor[]) =>
          grad((y: Tensor) => f(y, ...rest).sum())(first);
        for (const g of [value, gradient]) {
          const program = recorded(g, ...inputs);
          const expected = play(program, inputs);
          play(pass(program), inputs).forEach((found, i) => {
            expect({ program: String(program), same: sameBits(found, expected[i]!) }).toMatchObject({
              same: true,
            });
          });
        }
      }),
      { numRuns: 40 },
    );
  });
});

test("functions with a derivative of their own are what they compute", () => {
  const inner = customJvp((y: Tensor) => y.sin(), ([y], [t]) => ({ value: y.sin(), tangent: t })); // prettier-ignore
  const outer = customJvp((y: Tensor) => inner(y).mul(2), ([y], [t]) => ({ value: inner(y), tangent: t })); // prettier-ignore
  const program = recorded((y) => outer(y).exp(), x);
  expect(namesOf(program)).toEqual(["customJvp", "exp"]);
  expect(namesOf(inlineCalls(program))).toEqual(["sin", "mul", "exp"]);
});

test("constants are folded", () => {
  // Recording folds what it sees; a branch that is inlined may bring more.
  const [a, b] = recorded((y) => y.add(1), x).equations[0]!.inputs as [never, Tensor];
  const program = recorded((y) => y.mul(3), x);
  const [product] = program.equations;
  const folded = foldConstants(
    new Program(program.inputs, [{ ...product!, inputs: [b, b] }], program.outputs),
  );
  expect(a).toBeDefined();
  expect(namesOf(folded)).toEqual([]);
  expect(folded.toString()).toBe("{ lambda a:f64[3] .\n  in (1) }");
});

describe("identities", () => {
  const kept = (f: (y: Tensor) => Tensor, arg = x) => namesOf(identities(recorded(f, arg)));

  test("operations without effect are left out", () => {
    expect(kept((y) => y.mul(1).div(1).sub(0).add(-0))).toEqual([]);
    expect(kept((y) => tensor(1).mul(y))).toEqual([]);
    expect(kept((y) => y.neg().neg().neg())).toEqual(["neg"]);
    expect(kept((y) => y.reshape([1, 3]).reshape([3, 1]).reshape([3]))).toEqual([]);
    expect(kept((y) => y.transpose().transpose(), m)).toEqual([]);
    expect(kept((y) => y.transpose([1, 0, 2]).transpose([1, 2, 0]), zeros([2, 3, 4]))).toEqual(["transpose"]);
  });
  test("operations that have one are not: x + 0 of -0, and what broadcasts or converts", () => {
    expect(kept((y) => y.add(0))).toEqual(["add"]);
    expect(kept((y) => y.mul(zeros([2, 3]).add(1)))).toEqual(["mul"]);
    expect(kept((y) => y.mul(tensor([[1]])))).toEqual(["mul"]);
    expect(kept((y) => y.astype("float32").astype("float64"))).toEqual(["cast", "cast"]);
  });
});

describe("factors", () => {
  const shortened = (f: (y: Tensor) => Tensor) => factors(recorded(f, x));

  test("signs and factors are one operation", () => {
    expect(namesOf(shortened((y) => y.add(y.sin().neg())))).toEqual(["sin", "sub"]);
    expect(namesOf(shortened((y) => y.neg().add(y.sin())))).toEqual(["sin", "sub"]);
    expect(namesOf(shortened((y) => y.sub(y.sin().neg())))).toEqual(["sin", "add"]);
    for (const f of [(y: Tensor) => y.mul(3).neg(), (y: Tensor) => y.neg().mul(3)])
      expect(String(shortened(f))).toContain("mul -3 a");
    expect(String(shortened((y) => y.mul(2).mul(100)))).toContain("mul 200 a");
  });
  test("not where the other order rounds or overflows", () => {
    expect(namesOf(shortened((y) => y.mul(100).mul(2)))).toEqual(["mul", "mul"]);
    expect(namesOf(shortened((y) => y.mul(2).mul(0.5)))).toEqual(["mul", "mul"]);
    expect(namesOf(shortened((y) => y.mul(0.5).mul(3)))).toEqual(["mul", "mul"]);
    expect(namesOf(shortened((y) => y.mul(2 ** 1023).mul(2)))).toEqual(["mul", "mul"]);
  });
  test("have the bits of the operations in turn, for every number", () => {
    const factor = fc.constantFrom(1, 2, 4, 2 ** 1000, 2 ** 1023, -2, 3, 0.1, 100, 1e300, 0.5, 0, -0, NaN, Infinity, 5e-324); // prettier-ignore
    fc.assert(
      fc.property(factor, factor, fc.double(), (a, b, value) => {
        const f = (y: Tensor) => y.mul(a).mul(b).neg().mul(a).add(y.neg().mul(b).neg());
        const at = [tensor([value])];
        const program = recorded(f, ...at);
        expect(sameBits(play(factors(program), at)[0]!, play(program, at)[0]!)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

test("what is computed twice is computed once", () => {
  const program = recorded(
    (y) =>
      y
        .sin()
        .mul(y.sin())
        .add(y.mul(2))
        .add(y.mul(tensor(2))),
    x,
  );
  expect(namesOf(commonSubexpressions(program))).toEqual(["sin", "mul", "mul", "add", "add"]);
  const different = recorded((y) => y.mul(0).add(y.mul(-0)), x);
  expect(namesOf(commonSubexpressions(different))).toEqual(["mul", "mul", "add"]);
});

test("products read transposed matrices as they are", () => {
  const product = (f: (y: Tensor) => Tensor) => transposedProducts(recorded(f, m));
  const left = product((y) => y.transpose().matmul(y));
  expect(namesOf(left)).toEqual(["matmul"]);
  expect(String(left)).toContain("matmul[transposeA=true transposeB=false] a a");
  expect(String(product((y) => matmul(y, y.T)))).toContain("matmul[transposeA=false transposeB=true] a a");
  expect(namesOf(product((y) => y.T.sin().matmul(y)))).toEqual(["transpose", "sin", "matmul"]);
  const batched = recorded((y) => y.transpose([0, 2, 1]).matmul(y), zeros([2, 3, 4]));
  expect(namesOf(transposedProducts(batched))).toEqual(["matmul"]);
  const other = recorded((y) => y.transpose([1, 0, 2]).matmul(y), zeros([3, 3, 3]));
  expect(namesOf(transposedProducts(other))).toEqual(["transpose", "matmul"]);
});

test("constants of one number are scalars where they meet operands of their shape", () => {
  const [scaled] = uniformConstants(recorded((y) => y.mul(zeros([3]).add(-2)), x)).equations;
  expect(scaled!.inputs[1]!.shape).toEqual([]);
  const kept = (f: (y: Tensor) => Tensor, arg = x) => String(uniformConstants(recorded(f, arg)));
  expect(kept((y) => y.mul(tensor([1, 1, 2])))).toContain("a:f64[3] ; b:f64[3]");
  expect(kept((y) => y.mul(tensor([0, -0, 0])))).toContain("a:f64[3] ; b:f64[3]");
  expect(kept((y) => y.mul(zeros([2, 3])))).toContain("a:f64[2,3]");
});

describe("sums of many parts", () => {
  const long = tensor([0.5, -0, NaN, Infinity, -1, 2, -0, 3, 1e-320, -5, 0, 7]);
  const pairs = (y: Tensor, from = 0) => {
    let sum = y.slice(from);
    for (let i = from; i < 11; i++) sum = sum.add(y.slice(i).mul(y.slice(i + 1)));
    return sum;
  };
  const gradient = (y: Tensor) => grad((z: Tensor) => pairs(z))(y);

  test("are one line, with the same bits", () => {
    const program = recorded(gradient, long);
    const shorter = accumulations(program);
    expect(namesOf(program).filter((name) => name === "place").length).toBe(22);
    expect(namesOf(shorter).filter((name) => name === "place" || name === "accumulate")).toEqual(["accumulate"]); // prettier-ignore
    expect(sameBits(play(shorter, [long])[0]!, play(program, [long])[0]!)).toBe(true);
    checkJit(gradient, [long]);
    const more = (y: Tensor) => grad((z: Tensor) => pairs(z).add(z.sin().mul(z.slice([null, null, -1])).sum()))(y); // prettier-ignore
    checkJit(more, [long]);
  });
  test("not where an element may be in all of them, which keeps -0", () => {
    const overlapping = (y: Tensor) => {
      let sum = y.slice([0, 2]).pad([[0, 20]]);
      for (let i = 0; i < 9; i++)
        sum = sum.add(
          y
            .slice([0, 2])
            .mul(-0)
            .pad([[0, 20]]),
        );
      return sum;
    };
    const program = recorded(overlapping, tensor([-0, 0, 1]));
    expect(namesOf(accumulations(program))).not.toContain("accumulate");
    checkJit(overlapping, [tensor([-0, 0, 1])]);
  });
  test("few, or large ones, are left to loops", () => {
    expect(namesOf(accumulations(recorded((y) => grad((z: Tensor) => pairs(z, 9))(y), long)))).not.toContain("accumulate"); // prettier-ignore
  });
});

describe("sorting", () => {
  const mixed = tensor([
    [3, -0, NaN, 0],
    [1, -Infinity, 1, -2],
    [0, -0, 5, NaN],
  ]);
  const by = (axis: number) => (y: Tensor) => y.sort({ axis });

  test.each([0, 1])("of numbers alone is one line, along axis %i, with the bits of the order", (axis) => {
    const program = recorded(by(axis), mixed);
    expect(namesOf(optimise(program))).toEqual(["sorted"]);
    expect(sameBits(play(sorts(program), [mixed])[0]!, by(axis)(mixed))).toBe(true);
    checkJit(by(axis), [mixed]);
    checkJit(by(axis), [mixed.astype("float32")]);
    checkJit(by(axis), [tensor([[3, 1], [2, 2]]).astype("int32")]); // prettier-ignore
  });
  test("of long rows, and of few elements", () => {
    for (const shape of [[100], [1], [0], [2, 0], [3, 40], [40, 3], [2, 35, 2]]) {
      const y = linspace(0, 30, shape.reduce((a, b) => a * b)).reshape(shape).sin(); // prettier-ignore
      for (let axis = 0; axis < shape.length; axis++) checkJit(by(axis), [y]);
    }
  });
  test("keeps the order where a derivative needs it", () => {
    const weighted = (y: Tensor) => y.sort().mul(tensor([1, 2, 3, 4])).sum(); // prettier-ignore
    expect(namesOf(optimise(recorded((y) => grad(weighted)(y), m.slice([0, 1]).pad([[0, 0], [0, 1]]))))).toContain("argsort"); // prettier-ignore
    checkJit((y: Tensor) => grad(weighted)(y), [mixed.slice([1, 2])]);
    const both = (y: Tensor) => y.sort().add(y.argsort());
    expect(namesOf(optimise(recorded(both, mixed)))).toContain("argsort");
    checkJit(both, [mixed]);
  });
  test("another reading of the order is left as it is", () => {
    const reversed = (y: Tensor) => takeAlongAxis(y, y.neg().argsort());
    expect(namesOf(optimise(recorded(reversed, mixed)))).toContain("argsort");
    checkJit(reversed, [mixed]);
  });
});

describe("fusion", () => {
  const loops = (f: (...xs: Tensor[]) => Tensor, ...args: Tensor[]) =>
    namesOf(optimise(recorded(f, ...args)));

  test("chains with their reductions, and what follows, are one loop", () => {
    expect(loops((y) => y.sin().mul(y).add(1).sum().mul(0.5), x)).toEqual(["loop"]);
    expect(loops((y) => y.mean({ axis: 0, keepDims: true }).sqrt(), m)).toEqual(["loop"]);
    expect(loops((y, z) => y.transpose().mul(z).slice([0, 2]).sum(), m, m.T)).toEqual(["loop"]);
  });
  test("what is needed at every element after a reduction is another loop", () => {
    expect(loops((y) => y.softmax({ axis: 1 }), m)).toEqual(["loop", "loop", "div"]);
  });
  test("value and gradient of one chain are one loop", () => {
    const f = (y: Tensor) => y.sin().mul(y).sum();
    expect(loops((y) => grad(f)(y), x)).toEqual(["loop"]);
  });
  test("products stand alone, and never in the middle of a loop", () => {
    expect(loops((y) => y.sin().matmul(y.cos().T).exp().add(y.sum()), m)).toEqual(["loop", "matmul", "loop"]);
  });
  test("a value that is stored is stored once", () => {
    const program = optimise(recorded((y) => y.sin().add(y.sin().matmul(y.sin().T).sum()), m));
    expect(program.equations[0]!.outputs.length).toBe(1);
  });
});

test("the optimised program is what `lower` shows, and it does less", () => {
  const f = jit((y: Tensor) => y.sin().mul(y).sum());
  const { counts, optimised } = f.lower(x);
  expect(String(optimised)).toBe(
    [
      "{ lambda a:f64[3] .",
      "  let b:f64[] = loop a",
      "        f = { lambda a:f64[3] .",
      "          let b:f64[3] = sin a",
      "              c:f64[3] = mul b a",
      "              d:f64[]  = sum[axes=[0]] c",
      "          in (d) }",
      "  in (b) }",
    ].join("\n"),
  );
  expect([counts.operations, optimised.counts.operations]).toEqual([3, 1]);
  expect([counts.flops, optimised.counts.flops]).toEqual([9, 9]);
  expect([counts.bytes, optimised.counts.bytes]).toEqual([8 * 19, 8 * 4]);
});
