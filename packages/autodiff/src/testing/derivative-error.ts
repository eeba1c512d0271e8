import { CotangentError } from "@cotangent/core-tensor";

/** The laws that a derivative is checked against. */
export type Law = "taylor" | "adjoint" | "linear" | "symmetric" | "batching" | "jit";

/** What a check found wrong, for programs that look into the error. */
export interface DerivativeFailure {
  readonly law: Law;
  readonly order: 1 | 2;
  readonly mode: "forward" | "reverse" | "both" | "batched" | "compiled";
  /** The smallest failing direction that was found: one tensor for each floating-point leaf of the arguments. */
  readonly direction: readonly unknown[];
}

/** A derivative that does not satisfy a law, or that cannot be checked at this point. */
export class DerivativeError extends CotangentError {
  /** Undefined when the derivative could not be checked at all. */
  readonly failure: DerivativeFailure | undefined;

  constructor(message: string, failure?: DerivativeFailure) {
    super("DERIVATIVE", message);
    this.failure = failure;
  }
}
