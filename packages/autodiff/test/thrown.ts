import { CotangentError } from "@cotangent/core-tensor";

/** The error of ours that is thrown. */
export function thrown(body: () => unknown): CotangentError {
  try {
    body();
  } catch (error) {
    if (error instanceof CotangentError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}
