/** One way to compute what a row is about. */
export interface Candidate {
  readonly name: string;
  /** Seconds that one call takes: the median over calls that last about `budget` seconds together, at least one. */
  sample(budget: number): Promise<number>;
}
