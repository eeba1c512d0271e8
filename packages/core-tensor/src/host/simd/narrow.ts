import { products, scratch } from "../../simd/index.js";
import {
  copy,
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
  // The kernel for contiguous columns computes the transpose.
  const [lines, length] = isTall ? [rows, small.columns] : [small.columns, rows];
  const size = out.BYTES_PER_ELEMENT;
  // What the kernels write of a line: all of whole vectors or cache lines, but what `tall` writes in float64 ends where it ends.
  const whole = isTall ? 16 / size : 64 / size;
  const line = isTall && size === 8 ? length : Math.ceil(length / whole) * whole;
  const isTransposed = isTall === isMirrored;
  const isDense = line === length && !isTransposed;
  const [roomC, roomDense] = [room(lines * line, out), isDense ? 0 : room(lines * length, out)];
  const [roomB, roomPart] = [room(k * small.columns, out), room(PART, out)];
  const kernels = products.kernels()!;
  const c = scratch(roomC + roomDense + roomB + roomPart + kernels.narrowWork());
  if (c === undefined) return false;
  const memory = memoryLike(out);
  memory.fill(0, c / size, c / size + lines * line);
  const dense = c + roomC;
  const part = dense + roomDense + roomB;
  const b = place(small, 0, k, 0, small.columns, dense + roomDense);
  const at: Place = { c, row: line * size, part, work: part + roomPart };
  if (isTall) addTall(large, b, small.columns, at, out);
  else addWide(large, b, small.columns, at, out);
  if (!isDense) {
    const pack = size === 8 ? kernels.pack64 : kernels.pack32;
    pack(c, line * size, size, lines, length, isTransposed ? lines : 1, dense);
  }
  const from = (isDense ? c : dense) / size;
  copy(memory, from, lines * length, out, to);
  return true;
}

/** C += A B, the rows of A contiguous. */
function addTall(large: Matrix, b: Placed, n: number, at: Place, out: Floats): void {
  const kernels = products.kernels()!;
  const tall = out instanceof Float64Array ? kernels.tall64 : kernels.tall32;
  eachPartOfRows(large, at.part, ({ offset, row }, i, lines, l, terms) => {
    const [from, to] = [b.offset + l * b.row, at.c + i * at.row];
    tall(lines, n, terms, offset, row, from, b.row, b.column, to, at.row, at.work);
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
