import type { ExperimentResult } from "../tuning/result.js";
import { plural } from "./format.js";

/** The two nested problems, in formulas and words. */
export function problem({ data, tuning, grid }: ExperimentResult): string {
  const loss =
    data.task === "classification"
      ? "the mean logistic loss"
      : "half the mean squared error, in units of the training target's standard deviation";
  return `<h2>The problem</h2>
<p>Inner problem: the weights w and an unpenalised intercept b fit the training rows under the penalties exp(θ<sub>j</sub>).</p>
<p class="formula">w*(θ) = argmin<sub>w,b</sub> &nbsp;L<sub>train</sub>(w, b) + ½ Σ<sub>j</sub> exp(θ<sub>j</sub>) w<sub>j</sub>²</p>
<p>Outer problem: the log-penalties θ minimise the loss of that solution on the validation rows.</p>
<p class="formula">min<sub>θ</sub> &nbsp;L<sub>val</sub>(w*(θ)), &nbsp; with ∇<sub>θ</sub> by implicit differentiation of ∇<sub>w</sub> f(w*(θ), θ) = 0</p>
<p>L is ${loss}. The features have mean 0 and standard deviation 1 over the training rows. A grid of
${grid.points.length} values finds the best single penalty; the tuning starts there and took
${plural(tuning.trace.length - 1, "step")} with ${plural(tuning.innerSolves, "inner solve")}.</p>`;
}
