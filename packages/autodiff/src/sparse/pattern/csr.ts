import { asTensor, hostArray, Tensor, ValueError, type Like } from "@cotangent/core-tensor";
import { rowOfEntries, type Pattern } from "./pattern.js";

/** Which entries of a matrix may be other than zero, as in `Csr`. */
export interface CsrPattern<Numbers = Like> {
  /** Whole numbers, int32. */
  readonly indices: Numbers;
  /** Whole numbers, int32. */
  readonly indptr: Numbers;
  readonly shape: readonly [rows: number, columns: number];
}

/**
 * A sparse matrix in compressed rows, as in SciPy: the entries of row i are data[k] in column indices[k] for
 * k = indptr[i], ..., indptr[i + 1] - 1. Entries of the same place add up.
 */
export interface Csr<Numbers = Like> extends CsrPattern<Numbers> {
  readonly data: Numbers;
}

/** A pattern as tensors. */
export function csrPattern({ shape, indptr, indices }: Pattern): CsrPattern<Tensor> {
  return {
    indices: new Tensor([indices.length], "int32", indices),
    indptr: new Tensor([indptr.length], "int32", indptr),
    shape,
  };
}

/**
 * Row and column of every entry.
 *
 * @throws ValueError for what are no compressed rows
 * @example
 * ```ts
 * const { rows, columns } = placesOfEntries({ indptr: [0, 1, 3], indices: [1, 0, 1], shape: [2, 2] }, "example");
 * [...rows]; // => [0, 1, 1]
 * [...columns]; // => [1, 0, 1]
 * ```
 */
export function placesOfEntries(
  csr: CsrPattern,
  where: string,
): { readonly rows: Int32Array; readonly columns: Int32Array } {
  const [m, n] = csr.shape;
  const starts = hostArray(asTensor(csr.indptr), where);
  const indices = hostArray(asTensor(csr.indices), where);
  const ascends = starts.every((start, i) => Number.isInteger(start) && (i === 0 || start >= starts[i - 1]!));
  if (starts.length !== m + 1 || !ascends || starts[0] !== 0 || starts[m] !== indices.length) {
    throw new ValueError(
      `${where}: indptr must ascend from 0 to the number of indices, ${String(indices.length)}, in ${String(m + 1)} ` +
        "whole numbers, one more than there are rows",
    );
  }
  const outside = indices.find((j) => !(Number.isInteger(j) && j >= 0 && j < n));
  if (outside !== undefined) {
    throw new ValueError(
      `${where}: an entry is in column ${String(outside)}, but columns are numbered from 0 to ${String(n - 1)}`,
    );
  }
  const [indptr, columns] = [Int32Array.from(starts), Int32Array.from(indices)];
  return { rows: rowOfEntries({ shape: csr.shape, indptr, indices: columns }), columns };
}
