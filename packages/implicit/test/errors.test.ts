import { describe, expect, test } from "@jest/globals";
import { tensor, TracedValueError, type Tensor } from "@cotangent/core-tensor";
import { grad, jvp, linearize } from "@cotangent/autodiff";
import {
  AdjointError,
  ConditionsError,
  DerivativeError,
  implicit,
  mirrorDescent,
  root,
  SolutionError,
  stationary,
  unroll,
} from "@cotangent/implicit";
import { heron } from "./problems.js";

const square = root((x: Tensor, t: Tensor) => x.square().sub(t));

describe("no silent wrong derivative", () => {
  test("solve closes over a traced value", () => {
    const outer = (t: Tensor) => implicit({ solve: () => heron(t), conditions: square })(2);
    expect(() => grad(outer)(2)).toThrow(TracedValueError);
    const reads = (t: Tensor) => implicit({ solve: (s: Tensor) => s.mul(t), conditions: square })(2);
    expect(() => jvp(reads, [tensor(2)], [tensor(1)])).toThrow("pass it in through theta");
    const returns = (t: Tensor) => implicit({ solve: () => t, conditions: square })(2);
    expect(() => grad(returns)(2)).toThrow(SolutionError);
  });

  test("the conditions close over a traced value", () => {
    const other = (t: Tensor) =>
      implicit({
        solve: () => tensor(2),
        conditions: root((x: Tensor, s: Tensor) => x.mul(t).sub(s.mul(t))),
      })(2);
    expect(() => grad(other)(3)).toThrow(TracedValueError);
    // theta is traced by an inner transformation, the captured value by an outer one, and the other way round
    const nested = (t: Tensor) =>
      grad((s: Tensor) =>
        implicit({
          solve: (u: Tensor) => u.mul(3),
          conditions: root((x: Tensor, u: Tensor) => x.sub(u.mul(t))),
        })(s),
      )(1);
    expect(() => grad(nested)(3)).toThrow("the conditions close over a value");
    const swapped = (t: Tensor) =>
      grad((s: Tensor) =>
        implicit({
          solve: (u: Tensor) => u.mul(3),
          conditions: root((x: Tensor, u: Tensor) => x.sub(u.mul(s))),
        })(t),
      )(3);
    expect(() => grad(swapped)(1)).toThrow("the conditions close over a value");
  });

  test("the conditions do not hold at the returned point", () => {
    const early = implicit({ solve: () => tensor(1.3), conditions: square, name: "early" });
    expect(() => grad(early)(2)).toThrow(ConditionsError);
    expect(() => grad(early)(2)).toThrow(/early: the conditions \(root\) do not hold.*away from a solution/);
    const trusted = implicit({ solve: () => tensor(1.3), conditions: square, certify: false });
    expect(grad(trusted)(2).item()).toBeCloseTo(1 / 2.6, 14);
    // scale-free: the same point is accepted or refused whatever the units of F are
    for (const unit of [1e-12, 1, 1e12]) {
      const scaled = (x: number) =>
        implicit({
          solve: () => tensor(x),
          conditions: root((y: Tensor, t: Tensor) => y.square().sub(t).mul(unit)),
        });
      expect(() => grad(scaled(1.3))(2)).toThrow(ConditionsError);
      expect(grad(scaled(Math.SQRT2))(2).item()).toBeCloseTo(0.5 / Math.SQRT2, 12);
    }
  });

  test("the conditions do not hold, under an outer transformation that they do not depend on", () => {
    const early = implicit({
      solve: () => tensor(1.3),
      conditions: root((x: Tensor, { b }: { a: Tensor; b: Tensor }) => x.square().sub(b)),
    });
    const inner = (a: Tensor) => grad((b: Tensor) => early({ a, b }))(2).mul(a);
    expect(() => grad(inner)(1)).toThrow(ConditionsError);
    expect(() => jvp(inner, [1], [1])).toThrow(ConditionsError);
  });

  test("unroll of a solve that leaves the operations", () => {
    const f = implicit({ solve: heron, conditions: square, adjoint: unroll() });
    expect(f(2).item()).toBeCloseTo(Math.SQRT2, 14);
    expect(() => grad(f)(2)).toThrow(AdjointError);
    expect(() => jvp(f, [2], [1])).toThrow("does not depend on theta through Cotangent's operations");
    // where the conditions do not depend on theta either, zero is right
    const constant = implicit({
      solve: () => tensor(1),
      conditions: root((x: Tensor, _: Tensor) => x.sub(1)),
      adjoint: unroll(),
    });
    expect(grad(constant)(2).item()).toBe(0);
  });

  test("options that are not what they should be", () => {
    const make = (options: object) => () => implicit({ solve: heron, conditions: square, ...options });
    expect(make({ solve: undefined })).toThrow("implicit: solve must be a function");
    expect(make({ conditions: undefined })).toThrow("implicit: conditions must be made by root(F)");
    expect(make({ conditions: (x: Tensor) => x, name: "mine" })).toThrow("mine: conditions must be made by");
    expect(make({ adjoint: "auto" })).toThrow(AdjointError);
    expect(make({ adjoint: unroll })).toThrow("adjoint must be made by auto(), direct()");
  });

  test("a singular Jacobian", () => {
    const flat = implicit({
      solve: (t: Tensor) => tensor([t.item(), 0]),
      conditions: stationary((x: Tensor, t: Tensor) => x.sum().sub(t).square()),
      name: "flat valley",
    });
    expect(() => grad((t: Tensor) => flat(t).sum())(1)).toThrow(DerivativeError);
    expect(() => jvp(flat, [tensor(1)], [tensor(1)])).toThrow(/flat valley.*singular/);
    const lenient = implicit({
      solve: (t: Tensor) => tensor([t.item(), 0]),
      conditions: stationary((x: Tensor, t: Tensor) => x.sum().sub(t).square()),
      onFailure: "return",
    });
    const { x, report } = linearizeReport(lenient);
    expect(x.shape).toEqual([2]);
    expect(report.solves.map((solve) => solve.status)).toEqual(["singular"]);
  });

  test("a derivative of zero is only believed where dF/dx is regular", () => {
    // min |x - theta| has the solution theta, but its gradient, sign(x - theta), has no derivative to show it
    const median = implicit({
      solve: (t: Tensor) => t,
      conditions: stationary((x: Tensor, t: Tensor) => x.sub(t).abs().sum()),
      name: "median",
    });
    expect(() => grad((t: Tensor) => median(t).sum())(tensor([1, 2]))).toThrow(DerivativeError);
    expect(() => jvp(median, [tensor([1, 2])], [tensor([1, 0])])).toThrow(/median.*singular/);
    const constant = implicit<Tensor, Tensor>({
      solve: () => tensor(3),
      conditions: root((x) => x.sub(3)),
    });
    expect(grad(constant)(1).item()).toBe(0);
  });

  test("NaN", () => {
    const broken = implicit({ solve: () => tensor([1, NaN]), conditions: root((x: Tensor) => x) });
    expect(() => broken(1)).toThrow(SolutionError);
    const nanConditions = implicit({
      solve: () => tensor(1),
      conditions: root((x: Tensor, t: Tensor) => x.sub(t).mul(NaN)),
    });
    expect(() => grad(nanConditions)(1)).toThrow(/NaN|nonFinite|do not hold/);
  });

  test("conditions of another shape than x, and a solve that returns no tree", () => {
    const wrong = implicit({ solve: () => tensor([1, 2]), conditions: root((x: Tensor) => x.sum()) });
    expect(() => grad((t: Tensor) => wrong(t).sum())(1)).toThrow("should have shape [2], but has []");
    const nothing = implicit({
      solve: () => undefined as unknown as Tensor,
      conditions: root((x: Tensor) => x),
    });
    expect(() => nothing(1)).toThrow("implicit: solution: expected a tensor");
  });
});

type Reported = ReturnType<typeof implicit<Tensor, Tensor>>;

function linearizeReport(f: Reported) {
  let made: ReturnType<Reported["withReport"]> | undefined;
  const { pushforward, value } = linearize((t: Tensor) => (made = f.withReport(t)).x, tensor(1));
  pushforward(tensor(1));
  return { x: value, report: made!.report };
}

test("a geometry that is none is refused when the conditions are made", () => {
  const f = (x: Tensor): Tensor => x.square().sum();
  expect(() => mirrorDescent(f, undefined as unknown as "simplex")).toThrow(
    'expected "simplex", "orthant" or',
  );
  expect(() => mirrorDescent(f, "cone" as "simplex")).toThrow('got "cone"');
});
