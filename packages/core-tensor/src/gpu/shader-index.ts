import type { GpuJs } from "./gpujs-types.js";

/*
 * Shading languages round a quotient to within 2.5 units in the last place only: 7 / 7 may be just below 1, and then
 * its floor is 0 and 7 % 7 is 7. Kernels write the whole quotient of two indices as Math.floor((i + 0.5) / n), which
 * is right up to i = 2^23 if division rounds correctly, but under that error only up to 1.4 million. On webgpu and
 * webgl the text below takes its place, which corrects a quotient that is one off.
 */

export const quotientText = `function exactQuotient(i, n) {
  const q = Math.floor((i + 0.5) / n);
  const rest = i - q * n;
  return rest < 0 ? q - 1 : (rest >= n ? q + 1 : q);
}`;

const index = String.raw`[\w.]+`;
const divisor = String.raw`[\w.]+(?:\[\w+\])?`;
const quotient = new RegExp(String.raw`Math\.floor\(\((${index}) \+ 0\.5\) \/ (${divisor})\)`, "g");
const remainder = new RegExp(String.raw`this\.thread\.x % (this\.constants\.\w+)`, "g");

/** Makes the exact quotient known to a back-end. */
export function addExactIndexing(gpujs: GpuJs): void {
  gpujs.addFunction(quotientText, { argumentTypes: { i: "Number", n: "Number" }, returnType: "Number" });
}

/** The kernel text with exact whole quotients, and remainders of the output's index. */
export function withExactIndexing(source: string): string {
  return source
    .replaceAll(quotient, "exactQuotient($1, $2)")
    .replaceAll(remainder, "(this.thread.x - $1 * exactQuotient(this.thread.x, $1))");
}
