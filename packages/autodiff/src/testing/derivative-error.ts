import { CotangentError } from "@cotangent/core-tensor";
import { paste } from "./paste.js";

/** The laws that a derivative is checked against. */
export type Law = "taylor" | "adjoint" | "linear" | "symmetric" | "dtypes" | "batching" | "jit";

/** What a check found wrong, for programs that look into the error. */
export interface DerivativeFailure {
  readonly law: Law;
  readonly order: 1 | 2;
  readonly mode: "forward" | "reverse" | "both" | "batched" | "compiled";
  /** The arguments of the function. */
  readonly point: readonly unknown[];
  /** The smallest failing direction that was found: one tree for each argument. */
  readonly direction: readonly unknown[];
  /** The option `seed` with which `checkDerivatives` meets it first. */
  readonly seed: number;
}

/**
 * A derivative that does not satisfy a law, or that cannot be checked at this point. The message has the point and the
 * direction as code, and a call that fails in the same way.
 */
export class DerivativeError extends CotangentError {
  override readonly name: string = "DerivativeError";

  /** Undefined when the derivative could not be checked at all. */
  readonly failure: DerivativeFailure | undefined;

  constructor(message: string, failure?: DerivativeFailure) {
    super("DERIVATIVE", message);
    this.failure = failure;
  }
}

/** What is printed with the values that a law failed for: in code, by name. */
export interface Findings {
  readonly headline: string;
  readonly values: { readonly [name: string]: unknown };
  readonly lines: readonly string[];
}

/**
 * The error for a law that failed.
 *
 * @param call - what shows it again
 */
export function failed(
  failure: DerivativeFailure,
  { headline, values, lines }: Findings,
  call = checkOf(failure),
): DerivativeError {
  const named = Object.entries({ x: failure.point, ...values });
  const text = named.map(([name, value]) => `  ${name} = ${paste(value)}`);
  return new DerivativeError([headline, ...text, ...lines, `Again: ${call}`].join("\n"), failure);
}

function checkOf({ mode, order, point, seed }: DerivativeFailure): string {
  const options = {
    ...(order === 2 ? { order } : {}),
    ...(mode === "forward" || mode === "reverse" ? { modes: [mode] } : {}),
    seed,
  };
  return `checkDerivatives(f, ${paste(point)}, ${paste(options)})`;
}
