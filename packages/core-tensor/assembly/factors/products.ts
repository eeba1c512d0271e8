/*
 * Kernels that the module of products exports. Other modules import them, so that a bundle holds their code once; the name
 * of this file is the name of the module that they come from.
 */

/** C -= A B, with the arguments of `gemm`. */
export declare function subtract64(
  m: usize,
  n: usize,
  k: usize,
  a: usize,
  rowA: usize,
  innerA: usize,
  b: usize,
  innerB: usize,
  columnB: usize,
  c: usize,
  rowC: usize,
  work: usize,
): void;

export declare function subtract32(
  m: usize,
  n: usize,
  k: usize,
  a: usize,
  rowA: usize,
  innerA: usize,
  b: usize,
  innerB: usize,
  columnB: usize,
  c: usize,
  rowC: usize,
  work: usize,
): void;

/** y += A x, with the arguments of `columns`: x and the columns of A are read, and a row is contiguous. */
export declare function columns64(
  n: usize,
  k: usize,
  a: usize,
  row: usize,
  x: usize,
  step: usize,
  y: usize,
): void;
export declare function columns32(
  n: usize,
  k: usize,
  a: usize,
  row: usize,
  x: usize,
  step: usize,
  y: usize,
): void;

/** y += A x, with the arguments of `rows64`. */
export declare function rows64(m: usize, k: usize, a: usize, row: usize, x: usize, y: usize): void;
export declare function rows32(m: usize, k: usize, a: usize, row: usize, x: usize, y: usize): void;

export class Products {
  @inline
  static subtract<T>(
    m: usize,
    n: usize,
    k: usize,
    a: usize,
    rowA: usize,
    innerA: usize,
    b: usize,
    innerB: usize,
    columnB: usize,
    c: usize,
    rowC: usize,
    work: usize,
  ): void {
    if (sizeof<T>() === 8) subtract64(m, n, k, a, rowA, innerA, b, innerB, columnB, c, rowC, work);
    else subtract32(m, n, k, a, rowA, innerA, b, innerB, columnB, c, rowC, work);
  }

  @inline
  static columns<T>(n: usize, k: usize, a: usize, row: usize, x: usize, step: usize, y: usize): void {
    if (sizeof<T>() === 8) columns64(n, k, a, row, x, step, y);
    else columns32(n, k, a, row, x, step, y);
  }

  @inline
  static rows<T>(m: usize, k: usize, a: usize, row: usize, x: usize, y: usize): void {
    if (sizeof<T>() === 8) rows64(m, k, a, row, x, y);
    else rows32(m, k, a, row, x, y);
  }
}
