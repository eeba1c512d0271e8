import { placeOfUser, UnknownValueError } from "@cotangent/core-tensor";

/**
 * What a solve inside of `jit` tells of its last run.
 *
 * @throws UnknownValueError while it is recorded, when there was none
 * @example
 * ```ts
 * afterRun("converged", "mySolver", "status"); // => "converged"
 * ```
 */
export function afterRun<T>(value: T | undefined, name: string, what: string): T {
  if (value !== undefined) return value;
  const line = placeOfUser();
  throw new UnknownValueError(
    `${name}: inside of jit the solve runs when the compiled function does, so there is no ${what} yet` +
      `${line === undefined ? "" : `, at ${line}`}. The ways out: let a failed solve throw, as it does by default, when the ` +
      `compiled function is called; keep the solution and read its ${what} after a call, when it tells of the last run; or ` +
      "solve outside of jit",
  );
}
