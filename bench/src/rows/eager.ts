import { tensor, type Tensor } from "@cotangent/core-tensor";
import { hvp, valueAndGrad } from "@cotangent/autodiff";
import type { Row } from "../measure.js";

/** What a derivative costs in multiples of its function, and what an operation costs besides its loop. */
export function eagerRows(): Row[] {
  const x = tensor(Array.from({ length: 10 }, (_, i) => i / 10));
  const f = (y: Tensor): Tensor => y.sin().mul(y).sum();
  const gradient = valueAndGrad(f);
  const plain = new Float64Array(10).map((_, i) => i / 10);
  return [
    {
      name: "sum(sin(x) x), 10 numbers",
      ours: () => f(x),
      against: "plain loop",
      peer: () => plainValue(plain),
    },
    { name: "value and gradient of it", ours: () => gradient(x), against: "its value", peer: () => f(x) },
    {
      name: "Hessian-vector product of it",
      ours: () => hvp(f, x, x),
      against: "its value",
      peer: () => f(x),
    },
  ];
}

function plainValue(x: Float64Array): number {
  let total = 0;
  for (const value of x) total += Math.sin(value) * value;
  return total;
}
