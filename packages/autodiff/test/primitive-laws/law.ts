import type fc from "fast-check";
import type { PrimitiveName } from "@cotangent/core-tensor";

/** How often a law is tried, and from which seed. */
type Runs = Pick<fc.Parameters<unknown>, "numRuns" | "seed" | "endOnFailure">;

/** What must hold for the rules of a primitive; throws for the line of the matrix where it does not. */
export interface PrimitiveLaw {
  readonly title: string;
  readonly check: (primitive: PrimitiveName, runs: Runs) => void;
}
