import { NotBundledError } from "../../errors/index.js";
import type * as gamma from "../../ops/gamma.js";
import type * as linalg from "../../ops/linalg/index.js";

type Functions = typeof gamma & typeof linalg;

const provided: Partial<Functions> = {};

/**
 * Makes functions methods of every tensor. The module of a function with large kernels calls this for it, so that whoever
 * imports the function has the method, and a bundle without the function does not need its kernels for a method that
 * nobody calls (docs/decisions/0032).
 */
export function provide(functions: Partial<Functions>): void {
  Object.assign(provided, functions);
}

/**
 * The function of a method.
 *
 * @throws NotBundledError when a bundler left the function out
 */
export function providedFor<Name extends keyof Functions>(name: Name): Functions[Name] {
  const implementation = provided[name];
  if (implementation !== undefined) return implementation;
  const entry = name === "lgamma" || name === "digamma" ? "" : "/linalg";
  throw new NotBundledError(
    `${name}: the bundler left this method out, because it saw no import of its function. Import it and call it ` +
      `instead: \`import { ${name} } from "@cotangent/core-tensor${entry}"\``,
  );
}
