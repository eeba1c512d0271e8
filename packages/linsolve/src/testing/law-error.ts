import { CotangentError } from "@cotangent/core-tensor";

/** The laws of operators and solves. */
export type OperatorLaw = "linear" | "transpose" | "materialise" | "solve";

/** An operator, or a solve with it, that does not satisfy a law. */
export class OperatorLawError extends CotangentError {
  override readonly name: string = "OperatorLawError";

  constructor(
    readonly law: OperatorLaw,
    message: string,
  ) {
    super("OPERATOR_LAW", message);
  }
}
