/**
 * How many random cases a law gets: some whenever tests run, and many in `npm run check:deep`, where a `*.deep.test.ts` of
 * the same name takes the same tests in.
 */
export function runs(quick: number, deep: number): { readonly numRuns: number } {
  return { numRuns: process.env["COTANGENT_DEEP"] === "1" ? deep : quick };
}
