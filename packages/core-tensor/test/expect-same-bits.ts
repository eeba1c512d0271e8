import { expect } from "@jest/globals";

/** Equal arrays, to the last bit; of NaN there is one. (A loop: `toEqual` takes microseconds per element.) */
export function expectSameBits(got: ArrayLike<number>, wanted: ArrayLike<number>): void {
  let at = 0;
  while (at < wanted.length && Object.is(got[at], wanted[at])) at++;
  expect({ length: got.length, at, value: got[at] }).toEqual({
    length: wanted.length,
    at,
    value: wanted[at],
  });
}
