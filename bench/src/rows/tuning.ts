import { fileURLToPath } from "node:url";
import { full, tensor } from "@cotangent/core-tensor";
import { inProcess } from "../measure/in-process.js";
import { milliseconds } from "../measure/quantity.js";
import type { Group } from "../measure/row.js";
import { wholeProcess } from "../measure/whole-process.js";
import type { Peers } from "../peers/peers.js";
import { share } from "../problems/data.js";
import { diabetes } from "../problems/diabetes.js";
import { inner, lassoHypergradient, ridgeHypergradient } from "../problems/tuning.js";

const FEATURES = 10;
/** A hypergradient is much code: after so many seconds it is no faster. */
const warmUp = 3;
const program = fileURLToPath(import.meta.url);

/** Hypergradients of small real problems: from the start of a process, and again and again. */
export const tuning = ({ jax }: Peers): Group => ({
  title: "Hypergradients, diabetes (442 x 10)",
  rows: [
    {
      name: "ridge, 10 penalties, process start to result",
      quantity: milliseconds,
      candidates: () => {
        const start = jax?.once("ridge", shared());
        return [
          wholeProcess("Cotangent", process.execPath, [program, "once", "ridge"]),
          ...(jax && start ? [wholeProcess("JAX", jax.interpreter, start.args, start.environment)] : []),
        ];
      },
      reach: { times: 0.5, of: "JAX" },
      rounds: 3,
    },
    {
      name: "ridge, 10 penalties, warm",
      quantity: milliseconds,
      candidates: () => {
        const ridge = ridgeHypergradient();
        const penalties = full([FEATURES], -3);
        return [
          inProcess("Cotangent", () => ridge(penalties)),
          ...(jax ? [jax.candidate("ridge", shared())] : []),
        ];
      },
      reach: { times: 1, of: "JAX" },
      warmUp,
    },
    {
      name: "lasso, warm",
      quantity: milliseconds,
      candidates: () => {
        const lasso = lassoHypergradient();
        return [
          inProcess("Cotangent", () => lasso(tensor(-3))),
          ...(jax ? [jax.candidate("lasso", shared())] : []),
        ];
      },
      reach: { times: 1, of: "JAX" },
      warmUp,
    },
  ],
});

/** The problem as the other process reads it. */
function shared(): object {
  const { train, validation } = diabetes();
  return {
    train: [share("train-x", train.x), share("train-y", train.y)],
    validation: [share("validation-x", validation.x), share("validation-y", validation.y)],
    samples: [train.y.size, validation.y.size],
    features: FEATURES,
    ...inner,
  };
}
