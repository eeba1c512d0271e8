import type { Atom, Variable } from "./atom.js";
import { countsOf, type Counts } from "./counts.js";
import type { ProgramEquation } from "./equation.js";
import { formatProgram } from "./format-program.js";

/**
 * A straight list of equations between values that are not known yet: what `jit` records of a function.
 *
 * It prints as a typed listing: constants, then inputs; a line for each equation; outputs.
 *
 * @example
 * ```ts
 * jit((x: Tensor) => x.sin()).lower(1).equations.length; // => 1
 * ```
 */
export class Program {
  constructor(
    readonly inputs: readonly Variable[],
    readonly equations: readonly ProgramEquation[],
    readonly outputs: readonly Atom[],
  ) {}

  /** How much it does. */
  get counts(): Counts {
    return countsOf(this.equations);
  }

  /** The listing. */
  toString(): string {
    return formatProgram(this);
  }

  /** What Node prints for `console.log(program)`. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}
