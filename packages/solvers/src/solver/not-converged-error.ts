import { CotangentError } from "@cotangent/core-tensor";
import type { Solution } from "./solution.js";

/** A solve ended without meeting its tolerance. The solution it had reached, with its status, is attached. */
export class NotConvergedError<X = unknown> extends CotangentError {
  override readonly name: string = "NotConvergedError";

  constructor(
    message: string,
    readonly solution: Solution<X>,
  ) {
    super("NOT_CONVERGED", message);
  }
}
