import { describe, expect, test } from "@jest/globals";
import { tensor, zeros, type Tensor } from "@cotangent/core-tensor";
import { grad, jit } from "@cotangent/autodiff";
import { isSameWithJit, jitCompositions } from "@cotangent/autodiff/testing";
import {
  ConditionsError,
  customFixedPoint,
  customRoot,
  DerivativeError,
  direct,
  fixedPoint,
  implicit,
  krylov,
  oneStep,
  root,
  unroll,
  type Adjoint,
  type ImplicitReport,
} from "@cotangent/implicit";

/** The square root of each element, by a black box. */
const roots = (theta: Tensor): Tensor => tensor(theta.toTypedArray().map(Math.sqrt), { shape: theta.shape });
const squares = root((x: Tensor, theta: Tensor) => x.square().sub(theta));
const like = (theta: Tensor) => zeros(theta.shape);
const squareRoot = implicit({ solve: roots, conditions: squares, like });
const heron = (x: Tensor, theta: Tensor) => x.add(theta.div(x)).div(2);
const steps = (theta: Tensor): Tensor => {
  let x = theta.mul(0).add(1);
  for (let k = 0; k < 20; k++) x = heron(x, theta);
  return x;
};

/** One line registers a way to make a solution. */
const ways: Record<string, (theta: Tensor) => Tensor> = {
  auto: squareRoot,
  ...Object.fromEntries(
    Object.entries<Adjoint>({ direct: direct(), krylov: krylov(), unroll: unroll() }).map(
      ([name, adjoint]) => [
        name,
        implicit({
          solve: adjoint.differentiates === "solve" ? steps : roots,
          conditions: squares,
          like,
          adjoint,
        }),
      ],
    ),
  ),
  oneStep: implicit({ solve: roots, conditions: fixedPoint(heron), like, adjoint: oneStep() }),
  customRoot: (theta) =>
    customRoot((x: Tensor, a: Tensor) => x.square().sub(a))((_: Tensor, a: Tensor) => roots(a))(
      zeros([2]),
      theta,
    ),
  customFixedPoint: (theta) => customFixedPoint(heron)((_: Tensor, a: Tensor) => roots(a))(zeros([2]), theta),
};

/** For most, these; for one, all of them. */
const main = ["jit", "jit(grad)", "grad(jit)", "jit(vmap)", "vmap(jit)"];
const mainly = jitCompositions.filter(({ name }) => main.includes(name));

describe.each(Object.entries(ways))("%s", (name, f) => {
  test.each(name === "auto" ? jitCompositions : mainly)("$name", (composition) => {
    expect(isSameWithJit(composition, f, tensor([4, 9]), 1e-9)).toBe(true);
  });
});

describe("implicit inside of jit", () => {
  test("needs to know what the solution is like", () => {
    const f = jit(implicit({ solve: roots, conditions: squares }));
    expect(() => f(tensor([4]))).toThrow("Give the option like");
  });
  test("a decorated solver takes a starting point that is not known, whose derivative is zero", () => {
    const decorated = customRoot((x: Tensor, a: Tensor) => x.square().sub(a))((x: Tensor, a: Tensor) => {
      expect(x.toArray()).toEqual([1, 2]);
      return roots(a);
    });
    const f = (x: Tensor, a: Tensor) => decorated(x, a).sum();
    for (const g of [jit(grad(f, { argnums: [0, 1] })), grad(jit(f), { argnums: [0, 1] })]) {
      expect(g(tensor([1, 2]), tensor([4, 16])).map(String)).toEqual(["[0, 0]", "[0.25, 0.125]"]);
    }
  });
  test("refuses a solution that is not like that", () => {
    const f = jit(implicit({ solve: roots, conditions: squares, like: () => zeros([1]) }));
    expect(() => f(tensor([4, 9]))).toThrow("implicit: solution: should have shape [1], but has [2]");
    const g = jit(implicit({ solve: roots, conditions: squares, like: () => ({ a: 0 }) as never }));
    expect(() => g(tensor([4, 9]))).toThrow("implicit: solution: expected the structure");
  });
  test("certifies when it runs", () => {
    const wrong = implicit({ solve: (theta: Tensor) => roots(theta).mul(1.1), conditions: squares, like });
    const f = jit(grad((theta: Tensor) => wrong(theta).sum()));
    for (let run = 0; run < 2; run++) expect(() => f(tensor([4, 9]))).toThrow(ConditionsError);
    expect(jit(wrong)(tensor([4])).toArray()).toEqual([2.2]);
    const singular = jit(grad((theta: Tensor) => squareRoot(theta).sum()));
    expect(() => singular(tensor([4, 0]))).toThrow(DerivativeError);
    expect(singular(tensor([4, 9])).toArray()).toEqual(
      grad((t: Tensor) => squareRoot(t).sum())(tensor([4, 9])).toArray(),
    );
  });
  test("reports on its last run", () => {
    let made: { report: ImplicitReport } | undefined;
    const f = jit(grad((theta: Tensor) => (made = squareRoot.withReport(theta)).x.sum()));
    f(tensor([4, 9]));
    f(tensor([1, 16]));
    const { report } = made!;
    expect([report.residual, report.distance, report.solves.length]).toEqual([0, 0, 1]);
    const early = jit(
      (theta: Tensor) => squareRoot.withReport(theta).report.solves.length + theta.sum().item(),
    );
    expect(() => early(tensor([4]))).toThrow("there is no report yet");
  });
  test("refuses what solve and conditions close over", () => {
    const inConditions = jit((theta: Tensor) =>
      implicit({
        solve: roots,
        conditions: root((x: Tensor, t: Tensor) => x.square().sub(t.mul(theta))),
        like,
      })(theta),
    );
    expect(() => inConditions(tensor([4]))).toThrow("close over a value traced by jit");
    const inSolve = jit((theta: Tensor) =>
      implicit({ solve: (t: Tensor) => roots(t.mul(theta)), conditions: squares, like })(theta),
    );
    for (let run = 0; run < 2; run++) {
      expect(() => inSolve(tensor([4]))).toThrow("was captured by solve or by the conditions");
    }
    const asksForNumbers = jit((theta: Tensor) =>
      implicit({
        solve: roots,
        conditions: root((x: Tensor, t: Tensor) => (t.max().item() > 0 ? x.square().sub(t) : x)),
        like,
      })(theta),
    );
    expect(asksForNumbers(tensor([4])).toArray()).toEqual([2]);
  });
});
