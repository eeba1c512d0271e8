import { products, scratch } from "../../simd/index.js";
import {
  eachPartOfColumns,
  eachPartOfRows,
  memoryLike,
  PART,
  place,
  room,
  transposed,
  type Floats,
  type Matrix,
  type Placed,
} from "./matrix.js";

/** The most columns that the kernels for few columns take. */
const MOST = 16;

/** Where a product is worked on: rows of results, `row` bytes apart, a part of the large matrix, and work space. */
interface Place {
  readonly c: number;
  readonly row: number;
  readonly part: number;
  readonly work: number;
}

/** Is this a product of a matrix and one of 2 to 16 columns, or of 2 to 16 rows and a matrix? */
export function isNarrow(m: number, n: number): boolean {
  const least = Math.min(m, n);
  return least > 1 && least <= MOST;
}

/**
 * out = A B from `to` on for a product that `isNarrow`: the larger operand is read where it is, for to pack it would cost as
 * much as to multiply it. False, and nothing done, where there is no memory for it.
 */
export function narrowProduct(left: Matrix, right: Matrix, out: Floats, to: number): boolean {
  // A B = (B^T A^T)^T
  const isMirrored = left.rows < right.columns;
  const large = isMirrored ? transposed(right) : left;
  const small = isMirrored ? transposed(left) : right;
  const { rows, columns: k } = large;
  const isTall = large.column === 1;
  // The kernel for contiguous columns computes the transpose. Both write whole vectors.
  const [lines, length] = isTall ? [rows, small.columns] : [small.columns, rows];
  const size = out.BYTES_PER_ELEMENT;
  const line = Math.ceil((length * size) / 64) * (64 / size);
  const [roomC, roomB, roomPart] = [room(lines * line, out), room(k * small.columns, out), room(PART, out)];
  const c = scratch(roomC + roomB + roomPart + products.kernels()!.narrowWork());
  if (c === undefined) return false;
  memoryLike(out).fill(0, c / size, c / size + lines * line);
  const b = place(small, 0, k, 0, small.columns, c + roomC);
  const part = c + roomC + roomB;
  (isTall ? addTall : addWide)(
    large,
    b,
    small.columns,
    { c, row: line * size, part, work: part + roomPart },
    out,
  );
  const [stepLine, step] = isTall === isMirrored ? [1, lines] : [length, 1];
  const results = memoryLike(out);
  for (let i = 0; i < lines; i++) {
    const from = c / size + i * line;
    const target = to + i * stepLine;
    for (let j = 0; j < length; j++) out[target + j * step] = results[from + j]!;
  }
  return true;
}

/** C += A B, the rows of A contiguous. */
function addTall(large: Matrix, b: Placed, n: number, at: Place, out: Floats): void {
  const kernels = products.kernels()!;
  const tall = out instanceof Float64Array ? kernels.tall64 : kernels.tall32;
  eachPartOfRows(large, at.part, ({ offset, row, column }, i, lines, l, terms) => {
    const [from, to] = [b.offset + l * b.row, at.c + i * at.row];
    tall(lines, n, terms, offset, row, column, from, b.row, b.column, to, at.row, at.work);
  });
}

/** C^T += B^T A^T, the columns of A contiguous. */
function addWide(large: Matrix, b: Placed, n: number, at: Place, out: Floats): void {
  const kernels = products.kernels()!;
  const wide = out instanceof Float64Array ? kernels.wide64 : kernels.wide32;
  const size = out.BYTES_PER_ELEMENT;
  eachPartOfColumns(large, at.part, ({ offset, column }, l, terms, i, lines) => {
    const [from, to] = [b.offset + l * b.row, at.c + i * size];
    wide(n, lines, terms, from, b.column, b.row, offset, column, to, at.row, at.work);
  });
}
