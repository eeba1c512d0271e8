import { hostArray, Tensor, tracedOf, TracedValueError } from "@cotangent/core-tensor";
import type { Device, DevicePlan } from "@cotangent/core-tensor/gpu";
import { describe } from "../compiled/lower.js";
import { simplify } from "../compiled/optimise.js";
import { compile } from "../compiled/run-program.js";
import type { Program } from "../program/program.js";

/** Programs on one device. */
export class DevicePrograms {
  private readonly plans = new WeakMap<Program, DevicePlan>();

  constructor(private readonly device: Device) {}

  /** Runs a program on numbers: each kernel is done before the next one begins. */
  async run(program: Program, args: readonly Tensor[]): Promise<readonly Tensor[]> {
    let plan = this.plans.get(program);
    if (plan === undefined) {
      plan = this.device.plan(describe(simplify(program), (called) => compile(called).plan));
      this.plans.set(program, plan);
    }
    const { results } = plan;
    const arrays = await plan.compute(args.map((x) => hostArray(x, "jit")));
    return results.map(({ shape, dtype }, i) => new Tensor(shape, dtype, arrays[i]!));
  }
}

/**
 * Refuses values that are being transformed: their derivatives would have to wait. At once, for a transformation refuses the
 * promise as well, and then nobody would see that it was rejected.
 *
 * @throws TracedValueError
 */
export function refuseTraced(args: readonly Tensor[]): void {
  const traced = args.map(tracedOf).find((one) => one !== undefined);
  if (traced === undefined) return;
  throw new TracedValueError(
    `jit: a function on a device answers with a promise, which ${traced.trace.name} cannot go through. Transform the ` +
      "function that is compiled instead: jit(grad(f), { device })",
  );
}
