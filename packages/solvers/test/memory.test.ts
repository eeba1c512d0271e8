import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { linspace, zeros, type Tensor } from "@cotangent/core-tensor";
import { gradientDescent, projectedGradient, prox, proximalGradient, type Solver } from "@cotangent/solvers";
import { views } from "../../core-tensor/src/simd/index.js";

const STEPS = 10_000;
/** 50 bytes a step: a tensor takes more than that. */
const LITTLE = 100_000;
const FEATURES = 40;

// Large enough for products in WebAssembly, with a copy of the matrix there.
const X = linspace(0, 9, 64 * FEATURES)
  .sin()
  .reshape([64, FEATURES]);
const y = linspace(-1, 1, 64);
const theta = zeros([FEATURES]).add(1e-3);
const fun = (w: Tensor, t: Tensor): Tensor => X.matmul(w).sub(y).square().sum().add(t.mul(w.square()).sum());

/** So short that no method arrives, or stalls, before its steps are used up. */
const short = 1e-6;
const options = {
  fun,
  maxIterations: STEPS,
  tolerance: 0,
  onFailure: "return",
  acceleration: false,
} as const;
const lasso = (w: Tensor, t: Tensor, step: number) => prox.lasso(w, t, step);
const box = (w: Tensor) => w.clip(-1, 1);

type AnySolver = Solver<Tensor, Tensor>;
type Make = (more: { onIteration?: (event: { iteration: number }) => void }) => AnySolver;

/** One line per solver. */
const solvers: Record<string, Make> = {
  gradientDescent: (more) => gradientDescent({ ...options, stepSize: short, ...more }),
  "proximalGradient, accelerated": (more) =>
    proximalGradient({ ...options, prox: lasso, stepSize: 1e-3 * short, acceleration: true, ...more }),
  projectedGradient: (more) => projectedGradient({ ...options, projection: box, stepSize: short, ...more }),
  "projectedGradient, another step each time": (more) =>
    projectedGradient({ ...options, projection: box, stepSize: (k) => short / (1 + k / STEPS), ...more }),
};

let collect: () => void;
beforeAll(() => {
  setFlagsFromString("--expose-gc");
  collect = runInNewContext("gc") as () => void;
});

/** Bytes that are still needed: in V8's heap, in typed arrays, and in the kernels' memory. */
function inUse(): number {
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers + views().float64.buffer.byteLength;
}

/** Watches a loop, a fifth of it at a time. */
class Watch {
  private readonly seen: number[] = [];

  step(iteration: number): void {
    if (iteration % (STEPS / 5) === 0) this.seen.push(inUse());
  }

  /** The least growth from one time to the next: code that V8 compiles comes and goes, but what is kept is kept always. */
  get growth(): number {
    expect(this.seen).toHaveLength(5);
    return Math.min(...this.seen.slice(1).map((now, i) => now - this.seen[i]!));
  }
}

describe.each(Object.entries(solvers))(
  "10,000 steps in one synchronous loop do not grow memory: %s",
  (_, make) => {
    test("run", () => {
      const watch = new Watch();
      const onIteration = ({ iteration }: { iteration: number }): void => {
        watch.step(iteration);
      };
      expect(make({ onIteration }).run(zeros([FEATURES]), theta).iterations).toBe(STEPS);
      expect(watch.growth).toBeLessThan(LITTLE);
    });

    test("init and update", () => {
      const watch = new Watch();
      const solver = make({});
      let x = zeros([FEATURES]);
      let state = solver.init(x, theta);
      for (let step = 1; step <= STEPS; step++) {
        ({ x, state } = solver.update(x, state, theta));
        watch.step(step);
      }
      expect(state.iterations).toBe(STEPS);
      expect(watch.growth).toBeLessThan(LITTLE);
    });
  },
);
