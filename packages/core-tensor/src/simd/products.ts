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

type Tall = (
  m: number,
  n: number,
  k: number,
  a: number,
  rowA: number,
  b: number,
  innerB: number,
  columnB: number,
  c: number,
  rowC: number,
  work: number,
) => void;

type Wide = (
  m: number,
  n: number,
  k: number,
  a: number,
  rowA: number,
  innerA: number,
  b: number,
  innerB: number,
  c: number,
  rowC: number,
  work: number,
) => void;

type Pack = (
  from: number,
  line: number,
  step: number,
  count: number,
  length: number,
  width: number,
  to: number,
) => void;

/** y[o, i] and x over the middle axis of [outer, length, inner] become one number in y[o, i]. */
type Reduce = (outer: number, length: number, inner: number, x: number, y: number, work: number) => void;

/** y += the sum of the products of two vectors, in the order of `sum`; y is float64. */
type Dot = (length: number, a: number, b: number, y: number, work: number) => void;

interface Products {
  /** C += A B, any strides of A and B; `work` is the offset of `gemmWork()` bytes. */
  readonly gemm64: Gemm;
  readonly gemm32: Gemm;
  readonly gemmWork: () => number;
  /** As gemm for 2 to 16 columns and contiguous rows of A, without a copy of A; in float32 rows of C are whole vectors. */
  readonly tall64: Tall;
  readonly tall32: Tall;
  /** As gemm for 2 to 16 rows and contiguous rows of B, without a copy of B; rows of C are multiples of 64 bytes. */
  readonly wide64: Wide;
  readonly wide32: Wide;
  readonly narrowWork: () => number;
  /** Copies lines of elements, `width` lines side by side: one after the other, or all of them transposed. */
  readonly pack64: Pack;
  readonly pack32: Pack;
  /** y += A x, the rows of A contiguous. */
  readonly rows64: Rows;
  readonly rows32: Rows;
  /** y += A^T x, the rows of A contiguous. */
  readonly columns64: Columns;
  readonly columns32: Columns;
  /** Adds to y, which is float64; `work` is the offset of `sumWork()` bytes, which max and min do not need. */
  readonly sum64: Reduce;
  readonly sum32: Reduce;
  readonly dot64: Dot;
  readonly dot32: Dot;
  readonly sumWork: () => number;
  readonly max64: Reduce;
  readonly max32: Reduce;
  readonly min64: Reduce;
  readonly min32: Reduce;
}

export const products = kernelModule<Products>(code);
