/**
 * A module that leaves a digest of the bits of many results in `globalThis.bits`, by name: what Node and a browser must
 * have in common. Arguments are made of whole numbers and divisions, which are exact everywhere. What calls functions of
 * the engine (docs/decisions/0037 lists them) is left out: its last bits differ between versions of V8.
 */
export const bitsModule = `
import { digamma, hostKernels, lgamma, linalg, matmul, random, tensor } from "@cotangent/core-tensor";
import { grad, jit } from "@cotangent/autodiff";

function digest(x) {
  const { buffer } = x.toTypedArray();
  let hash = 7;
  for (const word of new Uint32Array(buffer)) hash = (Math.imul(hash, 31) + word) | 0;
  return hash;
}

const numbers = (count, dtype) =>
  tensor(Array.from({ length: count }, (_, i) => ((i * 7919) % 10007) / 1009 - 4.9), { dtype });
const names = ["exp", "sin", "cos", "tanh", "sigmoid", "softplus", "erf", "sqrt", "square", "reciprocal", "erfc", "expm1", "tan", "atan", "sinh", "cosh"];

const bits = {};
// Short arrays are computed by plain code, long ones in SIMD.
for (const count of [50, 5000]) {
  const x = numbers(count);
  for (const name of names) bits[name + " of " + count] = digest(x.abs()[name]().add(x.neg()[name]()));
  bits["lgamma of " + count] = digest(lgamma(x.abs()).add(lgamma(x.neg())));
  bits["digamma of " + count] = digest(digamma(x.abs()).add(digamma(x.neg())));
  bits["log of " + count] = digest(x.abs().log());
  bits["log1p of " + count] = digest(x.abs().log1p());
  bits["asin of " + count] = digest(x.div(6).asin().add(x.div(6).acos()));
  bits["atan2 of " + count] = digest(x.atan2(x.square()));
  bits["sum of " + count] = digest(x.exp().sum());
}
for (const n of [5, 70]) {
  for (const dtype of ["float64", "float32"]) {
    const a = numbers(n * n, dtype).reshape([n, n]);
    bits["product, " + n + ", " + dtype] = digest(matmul(a, a));
    bits["matrix times vector, " + n + ", " + dtype] = digest(matmul(a, a.take(0)));
    const shift = tensor(Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 10 : 0)), { dtype });
    bits["solve, " + n + ", " + dtype] = digest(linalg.solve(a, a.T));
    bits["cholesky, " + n + ", " + dtype] = digest(linalg.cholesky(matmul(a, a.T).add(shift.reshape([n, n]))));
  }
}
const loss = (w) => matmul(numbers(4000).reshape([80, 50]), w).tanh().softplus().sum();
bits.gradient = digest(grad(loss)(numbers(50)));
bits["gradient, compiled"] = digest(jit(grad(loss))(numbers(50)));

// Vectors take over from plain loops in the course of these calls.
const long = ["float64", "float32"].map((dtype) => numbers(50_000, dtype).reshape([1000, 50]));
const softmax = (x) => {
  const e = x.sub(x.max({ axis: 1, keepDims: true })).exp();
  return e.div(e.sum({ axis: 1, keepDims: true }));
};
const fusions = {
  "exp(-x^2) sin(x) + x": (x) => x.square().neg().exp().mul(x.sin()).add(x),
  "sums of squares": (x) => x.sub(0.3).square().sum({ axis: 0 }),
  "a choice": (x) => x.greater(0.5).where(x.maximum(0.7).sign(), x.neg().floor()),
  "a gradient": grad((x) => x.tanh().square().mul(x).softplus().sum()),
  softmax,
};
for (const [name, f] of Object.entries(fusions)) {
  const compiled = jit(f);
  for (const x of long) {
    for (let call = 0; call < 20; call++) {
      bits[name + ", " + x.dtype + ", compiled"] = digest(compiled(x));
      bits[name + ", " + x.dtype] = digest(f(x));
    }
  }
}
bits["normal numbers"] = digest(random.normal(random.key(1), [1000]));

globalThis.bits = bits;
globalThis.kernels = hostKernels().status;
`;
