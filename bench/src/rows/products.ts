import { matmul, type Tensor } from "@cotangent/core-tensor";
import { jit } from "@cotangent/autodiff";
import type { Candidate } from "../measure/candidate.js";
import { inProcess } from "../measure/in-process.js";
import { gigabytes, gigaflops } from "../measure/quantity.js";
import { simdCopy, simdRead } from "../measure/simd-memory.js";
import type { Group, Row } from "../measure/row.js";
import type { Peers } from "../peers/peers.js";
import { filled } from "../problems/data.js";

/** Dense products: flops for matrices, bytes for vectors, since memory is the limit there. */
export const products = (peers: Peers): Group => ({
  title: "Products",
  rows: [
    ...[64, 512, 1024].map((n) => square(peers, n, "float64")),
    ...[512, 1024].map((n) => square(peers, n, "float32")),
    ...[false, true].map((transposed) => withVector(peers, 1000, 1000, transposed)),
    ...[false, true].map((transposed) => withVector(peers, 2000, 4000, transposed)),
  ],
});

function square(peers: Peers, n: number, dtype: "float64" | "float32"): Row {
  return {
    name: `matrix product, ${String(n)}, ${dtype}`,
    quantity: gigaflops(2 * n ** 3),
    candidates: () => squareCandidates(peers, n, dtype),
    ...(n >= 512 && { reach: { figure: dtype === "float64" ? 20 : 40 }, rounds: 3 }),
  };
}

function squareCandidates({ jax, jaxJs, tf }: Peers, n: number, dtype: "float64" | "float32"): Candidate[] {
  const a = filled(n, n).astype(dtype);
  const candidates = [inProcess("Cotangent", () => matmul(a, a))];
  if (n <= 512 && dtype === "float64") {
    const data = a.toTypedArray();
    candidates.push(inProcess("plain loops", () => plainProduct(data, data, n, n)));
  }
  if (jaxJs) {
    const { numpy } = jaxJs;
    const own = numpy.array(a.toTypedArray(), { dtype: numpy[dtype], shape: [n, n] });
    candidates.push(
      inProcess("jax-js", () => {
        const product = numpy.matmul(own.ref, own.ref);
        product.dataSync();
      }),
    );
  }
  if (tf && dtype === "float32") {
    const own = tf.tensor2d(new Float32Array(a.toTypedArray()), [n, n]);
    candidates.push(inProcess("tfjs", () => tf.tidy(() => tf.matMul(own, own).dataSync())));
  }
  if (jax) candidates.push(jax.candidate("matmul", { n, dtype }));
  return candidates;
}

function withVector(peers: Peers, rows: number, columns: number, transposed: boolean): Row {
  const small = rows * columns <= 1e6;
  return {
    name: `${transposed ? "transposed " : ""}matrix times vector, ${String(rows)} x ${String(columns)}`,
    quantity: small ? gigaflops(2 * rows * columns) : gigabytes(8 * rows * columns),
    candidates: () => vectorCandidates(peers, rows, columns, transposed),
    reach: small ? { figure: 10 } : { times: 0.8, of: "SIMD copy" },
  };
}

function vectorCandidates({ jax }: Peers, rows: number, columns: number, transposed: boolean): Candidate[] {
  const A = filled(rows, columns);
  const x = filled(transposed ? rows : columns);
  const product = jit((v: Tensor) => matmul(transposed ? A.T : A, v));
  const candidates = [inProcess("Cotangent", () => product(x))];
  const data = A.toTypedArray();
  const vector = x.toTypedArray();
  if (!transposed) candidates.push(inProcess("plain loops", () => plainProduct(data, vector, columns, 1)));
  // Reads one half of as many bytes as the matrix has, and writes the other.
  candidates.push(simdCopy(8 * rows * columns), simdRead(8 * rows * columns));
  if (jax) candidates.push(jax.candidate("matvec", { rows, columns, transposed }));
  return candidates;
}

/** What one writes by hand: (rows x inner) times (inner x columns). */
function plainProduct(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  inner: number,
  columns: number,
): Float64Array {
  const rows = a.length / inner;
  const out = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let total = 0;
      for (let k = 0; k < inner; k++) total += a[i * inner + k]! * b[k * columns + j]!;
      out[i * columns + j] = total;
    }
  }
  return out;
}
