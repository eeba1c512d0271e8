import { expect } from "@jest/globals";

/** Equal up to float32 rounding inside the kernel; NaN and infinities equal themselves. */
export function expectClose(got: Float32Array, want: Float64Array, tolerance: number): void {
  expect(got).toHaveLength(want.length);
  const far = [...got].flatMap((value, i) => {
    const right = Math.fround(want[i]!);
    const near = Object.is(value, right) || Math.abs(value - right) <= tolerance * (1 + Math.abs(right));
    return near ? [] : [{ i, value, right }];
  });
  expect(far).toEqual([]);
}
