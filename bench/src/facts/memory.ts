import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { jit, valueAndGrad } from "@cotangent/autodiff";
import { programs } from "../problems/programs.js";
import type { Fact } from "./fact.js";

const program = fileURLToPath(import.meta.url);

/** What plans and hypergradients keep in memory. */
export const memory: readonly Fact[] = [
  {
    name: "arena of a plan over its largest live set, worst of ten programs",
    unit: "×",
    find: () =>
      Math.max(
        ...programs().map(({ f, at }) => {
          const { arenaBytes, liveBytes } = jit(valueAndGrad(f)).lower(at).memory;
          return liveBytes === 0 ? 1 : arenaBytes / liveBytes;
        }),
      ),
    atMost: 1.25,
  },
  {
    name: "peak memory of an implicit hypergradient, 2500 steps over 250 (SVM, 100 features)",
    unit: "×",
    find: () => peakMemory("implicit", 2500) / peakMemory("implicit", 250),
    atMost: 1.1,
  },
];

/** Megabytes at the most, of a process of its own. */
function peakMemory(adjoint: "implicit" | "unrolled", steps: number): number {
  return Number(
    execFileSync(process.execPath, [program, "once", "svm", adjoint, String(steps)], { encoding: "utf8" }),
  );
}
