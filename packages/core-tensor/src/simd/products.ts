import { products as code } from "./generated/products.js";
import { kernelModule } from "./module.js";

/*
 * The kernels of assembly/products.ts. Sizes count elements; a, b, c, x, y are offsets and distances in bytes. All of them
 * add to their output, so that a sum can be continued.
 */
type Gemm = (
  m: number,
  n: number,
  k: number,
  a: number,
  rowA: number,
  innerA: number,
  b: number,
  innerB: number,
  columnB: number,
  c: number,
  rowC: number,
  work: number,
) => void;
type Rows = (m: number, k: number, a: number, row: number, x: number, y: number) => void;
type Columns = (n: number, k: number, a: number, row: number, x: number, step: number, y: number) => void;

interface Products {
  /** C += A B, any strides of A and B; `work` is the offset of `gemmWork()` bytes. */
  readonly gemm64: Gemm;
  readonly gemm32: Gemm;
  readonly gemmWork: () => number;
  /** y += A x, the rows of A contiguous. */
  readonly rows64: Rows;
  readonly rows32: Rows;
  /** y += A^T x, the rows of A contiguous. */
  readonly columns64: Columns;
  readonly columns32: Columns;
  /** y[o, i] += sum of x over the middle axis of [outer, length, inner]; `work` is the offset of `sumWork()` bytes. */
  readonly sum64: (outer: number, length: number, inner: number, x: number, y: number, work: number) => void;
  readonly sumWork: () => number;
}

export const products = kernelModule<Products>(code);
