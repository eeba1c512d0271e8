import { matmul, type Tensor } from "@cotangent/core-tensor";
import { jit, valueAndGrad } from "@cotangent/autodiff";
import { inProcess } from "../measure/in-process.js";
import { microseconds } from "../measure/quantity.js";
import type { Group, Row } from "../measure/row.js";
import type { Peers } from "../peers/peers.js";
import { filled } from "../problems/data.js";
import { programs } from "../problems/programs.js";

/** What a gradient costs in multiples of the value. */
export const derivatives = (peers: Peers): Group => ({
  title: "Value and gradient, jitted",
  rows: [
    leastSquares(peers),
    ...programs().map(({ name, f, at }): Row => ({
      name,
      quantity: microseconds,
      candidates: () => {
        const both = jit(valueAndGrad(f));
        const value = jit(f);
        return [inProcess("Cotangent", () => both(at)), inProcess("value alone", () => value(at))];
      },
      reach: { times: 3, of: "value alone" },
    })),
  ],
});

function leastSquares({ jax }: Peers): Row {
  const n = 1000;
  return {
    name: "½‖Aw - y‖², 1000 x 1000",
    quantity: microseconds,
    candidates: () => {
      const [A, y, w] = [filled(n, n), filled(n), filled(n)];
      const both = jit(valueAndGrad((v: Tensor) => matmul(A, v).sub(y).square().sum().mul(0.5)));
      const product = jit((v: Tensor) => matmul(A, v));
      return [
        inProcess("Cotangent", () => both(w)),
        inProcess("one product", () => product(w)),
        ...(jax ? [jax.candidate("leastSquares", { rows: n, columns: n })] : []),
      ];
    },
    reach: { times: 2.3, of: "one product" },
  };
}
