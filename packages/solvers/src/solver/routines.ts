import type { Routine } from "@cotangent/autodiff";

/** Whether a solver ran compiled code, and if not, why. */
export interface Compilation {
  readonly compiled: boolean;
  /** What ran as it is, and why; empty if everything was compiled. */
  readonly because: string;
}

/** The functions that a solver calls again and again, by name. */
export type Routines = Readonly<Record<string, Pick<Routine<never, unknown>, "begin" | "refusal">>>;

/** What became of the functions of a solver in the run that ended. */
export function compilationOf(routines: Routines | undefined): Compilation {
  if (routines === undefined) return { compiled: false, because: "this solver compiles nothing" };
  const refused: string[] = [];
  for (const name in routines) {
    const { refusal } = routines[name]!;
    if (refusal !== undefined) refused.push(`${name}: ${refusal}`);
  }
  return { compiled: refused.length === 0, because: refused.join("; ") };
}
