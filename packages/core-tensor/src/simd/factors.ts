import { factors as code } from "./generated/factors.js";
import { kernelModule } from "./module.js";

/** The kernels of assembly/factors.ts, in float64. Offsets and distances in bytes; `work` is that of `factorWork()` bytes. */
interface Factors {
  readonly factorWork: () => number;
  readonly lu64: (n: number, a: number, order: number, work: number) => void;
  /** Returns the number of the first leading minor that is not positive, or 0. */
  readonly cholesky64: (n: number, a: number, work: number) => number;
  readonly solveTriangle64: (
    n: number,
    m: number,
    t: number,
    row: number,
    column: number,
    lower: boolean,
    unit: boolean,
    x: number,
    work: number,
  ) => void;
}

export const factors = kernelModule<Factors>(code);
