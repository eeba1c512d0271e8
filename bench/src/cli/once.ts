import { full } from "@cotangent/core-tensor";
import { ridgeHypergradient } from "../problems/tuning.js";

/** One computation from the start of the process to its first result, as a user's program does it. */
export function runOnce(name: string | undefined): void {
  if (name !== "ridge") throw new Error(`once: unknown computation ${String(name)}`);
  console.log(
    ridgeHypergradient()(full([10], -3))
      .sum()
      .item(),
  );
}
