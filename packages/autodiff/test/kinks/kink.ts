import type { Tensor } from "@cotangent/core-tensor";

/** A point where an operation has no derivative, or an infinite one, and what is the convention there. */
export interface Kink {
  /** The operation as a call of x. */
  readonly call: string;
  readonly f: (x: Tensor) => Tensor;
  readonly at: number | readonly number[] | readonly (readonly number[])[];
  /** A direction, for the table; x itself where it is a number. */
  readonly along?: readonly number[] | readonly (readonly number[])[];
  /** Why this value. */
  readonly why: string;
  /** The value is in the convex hull along the direction of the table, but not along every other. */
  readonly onlyAlong?: true;
}

type Point = Kink["at"];

/** A kink of a function of one number. */
export const kink = (call: string, f: Kink["f"], at: number, why: string): Kink => ({ call, f, at, why });

/** A kink of a function of several numbers, shown along one direction. */
export const tie = (
  call: string,
  f: Kink["f"],
  at: Exclude<Point, number>,
  along: NonNullable<Kink["along"]>,
  why: string,
): Kink => ({ call, f, at, along, why });

export const onlyAlong = (found: Kink): Kink => ({ ...found, onlyAlong: true });
