import { factors as code } from "./generated/factors.js";
import { kernelModule } from "./module.js";
import { products } from "./products.js";

type Lu = (n: number, a: number, order: number, work: number) => void;

/** Returns the number of the first leading minor that is not positive, or 0. */
type Cholesky = (n: number, a: number, work: number) => number;

/** The kernels of assembly/factors.ts. Offsets in bytes; `work` is that of `factorWork()` bytes. */
interface Factors {
  readonly factorWork: () => number;
  readonly lu64: Lu;
  readonly lu32: Lu;
  readonly cholesky64: Cholesky;
  readonly cholesky32: Cholesky;
}

export const factors = kernelModule<Factors>(code, products);
