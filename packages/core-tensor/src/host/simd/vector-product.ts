import { products, scratch } from "../../simd/index.js";
import {
  eachPartOfColumns,
  eachPartOfRows,
  memoryLike,
  PART,
  room,
  type Floats,
  type Matrix,
} from "./matrix.js";

/** out = A x from `to` on, x from `startX` on; false, and nothing done, where there is no memory for it. */
export function vectorProduct(matrix: Matrix, x: Floats, startX: number, out: Floats, to: number): boolean {
  const { rows: m, columns: k } = matrix;
  const y = scratch(room(m, out) + room(k, out) + room(PART, out));
  if (y === undefined) return false;
  const memory = memoryLike(out);
  const size = out.BYTES_PER_ELEMENT;
  const vector = y + room(m, out);
  const part = vector + room(k, out);
  memory.fill(0, y / size, y / size + m);
  memory.set(x.subarray(startX, startX + k), vector / size);
  if (matrix.column === 1) addRows(matrix, vector, y, part, out);
  else addColumns(matrix, vector, y, part, out);
  out.set(memory.subarray(y / size, y / size + m), to);
  return true;
}

/** The rows of the matrix are contiguous. */
function addRows(matrix: Matrix, x: number, y: number, part: number, out: Floats): void {
  const kernels = products.kernels()!;
  const rows = out instanceof Float64Array ? kernels.rows64 : kernels.rows32;
  const size = out.BYTES_PER_ELEMENT;
  eachPartOfRows(matrix, part, ({ offset, row }, i, lines, l, terms) => {
    rows(lines, terms, offset, row, x + l * size, y + i * size);
  });
}

/** The columns of the matrix are contiguous. */
function addColumns(matrix: Matrix, x: number, y: number, part: number, out: Floats): void {
  const kernels = products.kernels()!;
  const columns = out instanceof Float64Array ? kernels.columns64 : kernels.columns32;
  const size = out.BYTES_PER_ELEMENT;
  eachPartOfColumns(matrix, part, ({ offset, column }, l, terms, i, lines) => {
    columns(lines, terms, offset, column, x + l * size, size, y + i * size);
  });
}
