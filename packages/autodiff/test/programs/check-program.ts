import { add, stack, type Tensor } from "@cotangent/core-tensor";
import { grad, jvp, linearize, vjp } from "@cotangent/autodiff";
import { checkBatching } from "../../src/testing/check-batching.js";
import { randomDirection, randomFrom, scalesOf } from "../../src/testing/directions.js";
import { innerProduct, numbersOf, problemOf, productSize, tensorsOf } from "../../src/testing/problem.js";
import { agree, measured } from "../../src/testing/rounding.js";
import { slopeFailure } from "../../src/testing/slope.js";
import type { Program } from "./arb-program.js";

type Vector = Float64Array;
type Tensors = readonly Tensor[];

/**
 * All that can be said of the derivatives of a program:
 *
 * - <u, J v> is one number by forward mode, by reverse mode, and from a tape played in both directions;
 * - <w, H v>, H the Hessian of <u, f>, is one number by all four combinations of modes, and with v and w exchanged;
 * - the error of <u, f(x + h v)> - <u, f> - h <u, J v> - h^2 / 2 <v, H v> falls as h^3;
 * - gradients of a batch are the gradients of the examples.
 */
export function checkProgram({ f, inputs }: Program, seed: number): void {
  const problem = problemOf((...xs: Tensor[]) => f(...xs), inputs);
  const { xs, ys } = problem;
  const random = randomFrom(seed);
  const scales = scalesOf(xs);
  const scaled = () => randomDirection(xs, random).map((value, i) => value * scales[i]!);
  const [v, w, u] = [scaled(), scaled(), randomDirection(ys, random)];
  const cotangents = tensorsOf(u, ys);
  const along = (d: Vector) => [tensorsOf(d, xs)] as const;
  const numberOf = (a: Tensors) => a.map((y, i) => y.mul(cotangents[i]!).sum()).reduce(add);

  const tangent = (x: Tensors, d: Vector): Tensors => jvp(problem.f, [x], along(d)).tangent;
  const gradient = (x: Tensors): Tensors => vjp(problem.f, x).pullback(cotangents)[0];
  const slope = (d: Vector) => grad((x: Tensors) => numberOf(tangent(x, d)))(xs);
  const tape = linearize(problem.f, xs);
  const { pullback } = vjp(gradient, xs);
  const second = (d: Vector) => numbersOf(jvp(gradient, [xs], along(d)).tangent);

  // Values of programs are of unit size: what rounding can do is relative to that, and to the terms of the sum.
  const first = numbersOf(gradient(xs));
  const unit = productSize(u, u.map(Math.sign));
  same("<u, J v>", v, productSize(first, v) + unit, {
    reverse: (d) => innerProduct(first, d),
    forward: (d) => innerProduct(u, numbersOf(tangent(xs, d))),
    "tape forwards": (d) => innerProduct(u, numbersOf(tape.pushforward(...along(d)))),
    "tape backwards": (d) => innerProduct(numbersOf(tape.pullback(cotangents)[0]), d),
  });

  const product = second(v);
  same("<w, H v>", v, productSize(product, w) + productSize(second(w), v) + unit, {
    "forward over reverse": (d) => innerProduct(w, second(d)),
    "forward over reverse, exchanged": (d) => innerProduct(d, second(w)),
    "reverse over forward": (d) => innerProduct(w, numbersOf(slope(d))),
    "reverse over reverse": (d) => innerProduct(w, numbersOf(pullback(tensorsOf(d, xs))[0])),
    "forward over forward": (d) =>
      innerProduct(u, numbersOf(jvp((x: Tensors) => tangent(x, w), [xs], along(d)).tangent)),
  });

  const before = numbersOf(ys);
  const quadratic = innerProduct(product, v) / (innerProduct(v, v) || 1) ** 2;
  const remainder = (d: Vector, moved: Vector) => {
    const change = innerProduct(
      u,
      moved.map((y, i) => y - before[i]!),
    );
    const missed = change - innerProduct(first, d) - (innerProduct(d, v) ** 2 * quadratic) / 2;
    const size = productSize(u, moved) + productSize(u, before) + productSize(first, d) + unit;
    return { missed: Float64Array.of(missed), size: Float64Array.of(size) };
  };
  const direction = v.map((value, i) => value / scales[i]!);
  const expansion = {
    remainder,
    along: (d: Vector) => Float64Array.of(innerProduct(d, v) ** 2 * quadratic),
  };
  const failure = slopeFailure(problem, expansion, direction, 2);
  if (failure !== undefined) throw new Error(`the slope is wrong: ${JSON.stringify(failure)}`);

  checkBatching(
    (...x: Tensor[]) => gradient(x),
    xs.map((x) => stack([x, x.add(0.125), x.mul(-0.5)], 0)),
  );
}

/** Linear functions of d, all of the same value: to a little rounding, or to what rounding makes of them. */
function same(
  name: string,
  v: Vector,
  size: number,
  ways: Readonly<Record<string, (d: Vector) => number>>,
): void {
  const [reference, ...others] = Object.entries(ways) as [
    [string, (d: Vector) => number],
    ...[string, (d: Vector) => number][],
  ];
  const expected = reference[1](v);
  for (const [way, compute] of others) {
    const found = compute(v);
    if (Math.abs(found - expected) <= 2 ** -46 * size) continue;
    if (agree(measured(v, reference[1]), measured(v, compute), 2 ** -52 * size)) continue;
    throw new Error(`${name} by ${way} is ${String(found)}, by ${reference[0]} ${String(expected)}`);
  }
}
