import type { Access } from "./map.js";

/**
 * A kernel is source text in gpu.js's dialect, written once and run by two executors.
 *
 * Contract: `function(x, y) { ...; return EXPR; }` computes element `this.thread.x` of a flat output. Inputs are
 * flat arrays; `this.constants.NAME` are numbers, and the only bounds that a loop may have; there is exactly one
 * `return`, the last statement. The host executor turns the text into a float64 loop, gpu.js compiles it for a device.
 */
export interface Kernel {
  readonly name: string;
  readonly kind: KernelKind;
  readonly source: string;
  /** What it is made of, if it is an expression in operands. */
  readonly map?: ExpressionMap;
}

/** An expression, the statements before it, and how each operand is read. */
export interface ExpressionMap {
  readonly expression: string;
  readonly before: readonly string[];
  readonly accesses: readonly Access[];
}

/** How an output element depends on the inputs. */
type KernelKind = "map" | "reduce" | "contract" | "gather";

/** The numbers that a kernel reads as `this.constants.NAME`. */
export type KernelConstants = Readonly<Record<string, number>>;
