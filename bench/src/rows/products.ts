import { matmul, tensor } from "@cotangent/core-tensor";
import type { Row } from "../measure.js";

/** Dense products against the loop that one would write by hand. */
export function productRows(): Row[] {
  const n = 500;
  const data = new Float64Array(n * n).map((_, i) => Math.sin(i));
  const vector = new Float64Array(n).map((_, i) => Math.cos(i));
  const A = tensor(data, { shape: [n, n] });
  const x = tensor(vector);
  const small = tensor(data.slice(0, 64 * 64), { shape: [64, 64] });
  return [
    {
      name: "matrix times vector, 500 x 500",
      ours: () => matmul(A, x),
      against: "plain loop",
      peer: () => plainProduct(data, vector, n, 1),
    },
    {
      name: "transposed matrix times vector, 500 x 500",
      ours: () => matmul(x, A),
      against: "not transposed",
      peer: () => matmul(A, x),
    },
    {
      name: "matrix product, 64 x 64",
      ours: () => matmul(small, small),
      against: "plain loop",
      peer: () => plainProduct(data, data, 64, 64),
    },
  ];
}

function plainProduct(a: Float64Array, b: Float64Array, n: number, columns: number): Float64Array {
  const out = new Float64Array(n * columns);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < columns; j++) {
      let total = 0;
      for (let k = 0; k < n; k++) total += a[i * n + k]! * b[k * columns + j]!;
      out[i * columns + j] = total;
    }
  }
  return out;
}
