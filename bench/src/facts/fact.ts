/** A figure that is no time: a count or a ratio of sizes. */
export interface Fact {
  readonly name: string;
  readonly unit: string;
  readonly find: () => number;
  /** Not more than this. */
  readonly atMost: number;
}

/** A fact that was found. */
export interface FoundFact {
  readonly name: string;
  readonly unit: string;
  readonly figure: number;
  readonly atMost: number;
}

export const findFact = ({ name, unit, find, atMost }: Fact): FoundFact => ({
  name,
  unit,
  figure: find(),
  atMost,
});
