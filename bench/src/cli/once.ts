import { full, tensor } from "@cotangent/core-tensor";
import { implicitly, svm, svmHypergradient, unrolled } from "../problems/svm.js";
import { ridgeHypergradient } from "../problems/tuning.js";

/** One computation from the start of the process to its first result, as a user's program does it. */
export function runOnce(name: string | undefined, ...args: readonly string[]): void {
  if (name === "ridge") {
    console.log(
      ridgeHypergradient()(full([10], -3))
        .sum()
        .item(),
    );
    return;
  }
  if (name !== "svm") throw new Error(`once: unknown computation ${String(name)}`);
  const [adjoint, steps] = args;
  const problem = svm(100, Number(steps));
  svmHypergradient(problem, adjoint === "implicit" ? implicitly() : unrolled())(tensor(0));
  // maxRSS is in kilobytes.
  console.log(process.resourceUsage().maxRSS / 1000);
}
