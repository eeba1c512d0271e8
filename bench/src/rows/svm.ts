import { tensor } from "@cotangent/core-tensor";
import { inProcess } from "../measure/in-process.js";
import { milliseconds } from "../measure/quantity.js";
import type { Group, Row } from "../measure/row.js";
import type { Peers } from "../peers/peers.js";
import { share } from "../problems/data.js";
import { implicitly, sizes, svm, svmHypergradient, unrolled, type Svm } from "../problems/svm.js";

const theta = tensor(0);
/** A call takes seconds: few rounds of one call. */
const slow = { rounds: 3, budget: 0 };

/** The multiclass SVM of the paper, 2,500 steps of projected gradient. */
export const svms = (peers: Peers): Group => ({
  title: "Hypergradient of a multiclass SVM (700 + 200 samples, 5 classes, 2500 steps)",
  rows: [
    againstJax(peers, 100, 1),
    againstJax(peers, 1000, 1),
    againstUnrolling(peers, 1000),
    againstJax(peers, 5000, 1.5),
  ],
});

function againstJax({ jax }: Peers, features: number, times: number): Row {
  return {
    name: `implicit, ${String(features)} features`,
    quantity: milliseconds,
    candidates: () => {
      const problem = svm(features);
      const ours = svmHypergradient(problem, implicitly());
      return [
        inProcess("Cotangent", () => ours(theta)),
        ...(jax ? [jax.candidate("svm", shared(problem))] : []),
      ];
    },
    reach: { times, of: "JAX" },
    ...slow,
  };
}

/** What unrolling costs is a matter of the engine as well: JAX's stands beside it. */
function againstUnrolling({ jax }: Peers, features: number): Row {
  return {
    name: `implicit against unrolled, ${String(features)} features`,
    quantity: milliseconds,
    candidates: () => {
      const problem = svm(features);
      const implicit = svmHypergradient(problem, implicitly());
      const unrolling = svmHypergradient(problem, unrolled());
      return [
        inProcess("Cotangent", () => implicit(theta)),
        inProcess("unrolled", () => unrolling(theta)),
        ...(jax ? [jax.candidate("svm", { ...shared(problem), unrolled: true }, "JAX, unrolled")] : []),
      ];
    },
    reach: { times: 0.25, of: "unrolled" },
    ...slow,
  };
}

/** The problem as the other process reads it. */
function shared({ train, validation, features, steps, step }: Svm): object {
  return {
    x: share("svm-x", train.x),
    y: share("svm-y", train.y),
    xv: share("svm-xv", validation.x),
    yv: share("svm-yv", validation.y),
    ...sizes,
    features,
    steps,
    step,
  };
}
