import type { Candidate } from "./candidate.js";
import type { Quantity } from "./quantity.js";

/** A bound on our own figure: `figure` in the unit of the row, or `times` the figure of another candidate. */
export type Reach = { readonly figure: number } | { readonly times: number; readonly of: string };

/** The same computation by several candidates, measured in turn in one run. */
export interface Row {
  readonly name: string;
  readonly quantity: Quantity;
  /** Ours first. They are made when it is the row's turn, since their data may be large. */
  readonly candidates: () => readonly Candidate[];
  /** What ours must reach: not more, or not less where a larger figure is better. */
  readonly reach?: Reach;
  /** Seconds for each candidate in each round. @defaultValue 0.1 */
  readonly budget?: number;
  /** How often the candidates take turns. @defaultValue 7 */
  readonly rounds?: number;
  /** Seconds that each candidate runs before the first round: engines compile what runs often, in stages. @defaultValue 0 */
  readonly warmUp?: number;
}

/** Rows about one thing. */
export interface Group {
  readonly title: string;
  readonly rows: readonly Row[];
}
