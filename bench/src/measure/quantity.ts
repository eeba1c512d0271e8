/** What a time says: the figure that a row shows. */
export interface Quantity {
  readonly unit: string;
  /** Is a larger figure the better one? */
  readonly rising: boolean;
  readonly of: (seconds: number) => number;
}

export const microseconds: Quantity = { unit: "us", rising: false, of: (seconds) => seconds * 1e6 };
export const milliseconds: Quantity = { unit: "ms", rising: false, of: (seconds) => seconds * 1e3 };

/** Floating-point operations per second, of a call that does so many. */
export const gigaflops = (operations: number): Quantity => ({
  unit: "GFLOP/s",
  rising: true,
  of: (seconds) => operations / seconds / 1e9,
});

/** Bytes read and written per second, of a call that moves so many. */
export const gigabytes = (bytes: number): Quantity => ({
  unit: "GB/s",
  rising: true,
  of: (seconds) => bytes / seconds / 1e9,
});

/** Nanoseconds for each of so many elements. */
export const nanosecondsEach = (elements: number): Quantity => ({
  unit: "ns each",
  rising: false,
  of: (seconds) => (seconds / elements) * 1e9,
});
