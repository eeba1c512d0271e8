import { functions as code } from "./generated/functions.js";
import { kernelModule } from "./module.js";

/** y[i] = f(x[i]) for n elements; x and y are offsets in bytes, and may be the same. */
type Map = (n: number, x: number, y: number) => void;

/** The functions that SIMD computes, with the names of their primitives. */
export type SimdFunction = "cos" | "erf" | "exp" | "log" | "sigmoid" | "sin" | "softplus" | "sqrt" | "tanh";

type Functions = Readonly<Record<`${SimdFunction}${"64" | "32"}`, Map>> & {
  /** The largest |x[i]|, not counting NaN. */
  readonly largest64: (n: number, x: number) => number;
  readonly largest32: (n: number, x: number) => number;
};

/** The kernels of assembly/functions.ts. */
export const functions = kernelModule<Functions>(code);
