import { logaddexp, logSoftmax, matmul, stack, type Tensor } from "@cotangent/core-tensor";
import { filled } from "./data.js";

/** A scalar function of one tensor, at a point. */
export interface Program {
  readonly name: string;
  readonly at: Tensor;
  readonly f: (x: Tensor) => Tensor;
}

/** From least squares to a small network: what value-and-gradient is compared with the value on. */
export function programs(): Program[] {
  const [A, y] = [filled(400, 200), filled(400)];
  const [Q, points] = [filled(300, 300), filled(200, 3)];
  const [first, second, last] = [filled(64, 64), filled(64, 64), filled(64, 10)];
  return [
    {
      name: "least squares, 400 x 200",
      at: filled(200),
      f: (w) => A.matmul(w).sub(y).square().sum(),
    },
    {
      name: "logistic regression, 400 x 200",
      at: filled(200),
      f: (w) => logaddexp(0, A.matmul(w).mul(y).neg()).mean(),
    },
    {
      name: "softmax regression, 400 x 200 x 10",
      at: filled(200, 10),
      f: (W) => logSoftmax(A.matmul(W), { axis: 1 }).slice(null, 3).mean().neg(),
    },
    { name: "quadratic form, 300", at: filled(300), f: (x) => x.dot(Q.matmul(x)) },
    {
      name: "Rosenbrock, 10,000",
      at: filled(10_000),
      f: (x) => {
        const [head, tail] = [x.slice([0, -1]), x.slice([1, 10_000])];
        return tail.sub(head.square()).square().mul(100).add(head.sub(1).square()).sum();
      },
    },
    {
      name: "elementwise chain, 100,000",
      at: filled(100_000),
      f: (x) => x.sin().mul(x).exp().add(1).log().tanh().sum(),
    },
    {
      name: "convolution of 3 points, 10,000",
      at: filled(10_002),
      f: (x) =>
        x
          .slice([0, -2])
          .sub(x.slice([1, -1]).mul(2))
          .add(x.slice([2, 10_002]))
          .square()
          .sum(),
    },
    {
      name: "pairwise distances, 200 points",
      at: points,
      f: (p) => p.expandDims(0).sub(p.expandDims(1)).square().sum({ axis: 2 }).add(1).log().sum(),
    },
    {
      name: "network 64-64-64-10, batch of 128",
      at: filled(128, 64),
      f: (x) =>
        matmul(matmul(matmul(x, first).tanh(), second).tanh(), last)
          .square()
          .mean(),
    },
    {
      name: "pendulum, 100 Euler steps of 100",
      at: filled(100),
      f: (start) => {
        let [angle, speed] = [start, start.mul(0)];
        for (let step = 0; step < 100; step++) {
          speed = speed.sub(angle.sin().mul(0.05));
          angle = angle.add(speed.mul(0.05));
        }
        return stack([angle, speed]).square().sum();
      },
    },
  ];
}
