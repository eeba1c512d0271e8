import type { Tensor } from "@cotangent/core-tensor";
import { jit, valueAndGrad } from "@cotangent/autodiff";
import type { Candidate } from "../measure/candidate.js";
import { inProcess } from "../measure/in-process.js";
import { microseconds } from "../measure/quantity.js";
import type { Group } from "../measure/row.js";
import type { Peers } from "../peers/peers.js";
import { filled } from "../problems/data.js";

const f = (x: Tensor): Tensor => x.sin().mul(x).sum();

/** What an operation costs besides its numbers. */
export const calls = (peers: Peers): Group => ({
  title: "Small calls: sum(sin(x) x) of 10 numbers",
  rows: [
    {
      name: "call of the jitted function",
      quantity: microseconds,
      candidates: () => jitted(peers),
      reach: { figure: 1 },
    },
    {
      name: "eager value and gradient",
      quantity: microseconds,
      candidates: () => eager(peers),
      reach: { figure: 15 },
    },
  ],
});

function jitted({ jax, jaxJs }: Peers): Candidate[] {
  const x = filled(10);
  const compiled = jit(f);
  const candidates = [inProcess("Cotangent", () => compiled(x))];
  if (jaxJs) {
    const { numpy } = jaxJs;
    const call = jaxJs.jit((v) => numpy.sum(numpy.sin(v.ref).mul(v)));
    const point = numpy.array(x.toTypedArray(), { dtype: numpy.float64 });
    candidates.push(inProcess("jax-js", () => call(point.ref).dispose()));
  }
  if (jax) candidates.push(jax.candidate("smallCall"));
  return candidates;
}

function eager({ jax, jaxJs, tf }: Peers): Candidate[] {
  const x = filled(10);
  const gradient = valueAndGrad(f);
  const candidates = [inProcess("Cotangent", () => gradient(x))];
  if (jaxJs) {
    const { numpy } = jaxJs;
    const both = jaxJs.valueAndGrad((v) => numpy.sum(numpy.sin(v.ref).mul(v)));
    const point = numpy.array(x.toTypedArray(), { dtype: numpy.float64 });
    const call = (): void => both(point.ref).forEach((result) => result.dispose());
    candidates.push(inProcess("jax-js", call));
  }
  if (tf) {
    const both = tf.valueAndGrad((v) => tf.sum(tf.mul(tf.sin(v), v)));
    const point = tf.tensor1d(Array.from(x.toTypedArray()));
    candidates.push(inProcess("tfjs", () => tf.tidy(() => both(point))));
  }
  if (jax) candidates.push(jax.candidate("smallGradient"));
  return candidates;
}
