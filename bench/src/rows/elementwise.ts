import { linspace, type Tensor } from "@cotangent/core-tensor";
import { inProcess } from "../measure/in-process.js";
import { nanosecondsEach } from "../measure/quantity.js";
import type { Group } from "../measure/row.js";
import type { Peers } from "../peers/peers.js";

const COUNT = 100_000;

const functions: readonly (readonly [string, (x: Tensor) => Tensor, (x: number) => number])[] = [
  ["exp", (x) => x.exp(), Math.exp],
  ["log", (x) => x.log(), Math.log],
  ["tanh", (x) => x.tanh(), Math.tanh],
  ["sin", (x) => x.sin(), Math.sin],
  ["sigmoid", (x) => x.sigmoid(), (x) => 1 / (1 + Math.exp(-x))],
];

/** Functions of 100,000 float64 numbers. */
export const elementwise = ({ jax }: Peers): Group => ({
  title: `Elementwise functions of ${String(COUNT)} float64`,
  rows: functions.map(([name, ours, plain]) => ({
    name,
    quantity: nanosecondsEach(COUNT),
    candidates: () => {
      const x = linspace(0.1, 10, COUNT);
      const numbers = x.toTypedArray() as Float64Array;
      return [
        inProcess("Cotangent", () => ours(x)),
        inProcess("Math", () => numbers.map(plain)),
        ...(jax ? [jax.candidate("elementwise", { name, n: COUNT })] : []),
      ];
    },
    ...(name === "exp" && { reach: { figure: 1.6 } }),
  })),
});
