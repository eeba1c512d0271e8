import { products, scratch } from "../../simd/index.js";
import {
  copy,
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
  const { rows: m, columns: k, resident } = matrix;
  const vector = scratch(room(k, out) + room(m, out) + (resident === undefined ? room(PART, out) : 0));
  if (vector === undefined) return false;
  const memory = memoryLike(out);
  const size = out.BYTES_PER_ELEMENT;
  const y = vector + room(k, out);
  const part = y + room(m, out);
  memory.fill(0, y / size, y / size + m);
  copy(x, startX, k, memory, vector / size);
  if (matrix.column === 1) addRows(matrix, vector, y, part, out);
  else addColumns(matrix, vector, y, part, out);
  copy(memory, y / size, m, out, to);
  return true;
}

/** The rows of the matrix are contiguous. */
function addRows(matrix: Matrix, x: number, y: number, part: number, out: Floats): void {
  const kernels = products.kernels()!;
  const add = out instanceof Float64Array ? kernels.rows64 : kernels.rows32;
  const size = out.BYTES_PER_ELEMENT;
  const { resident, start, rows, columns, row } = matrix;
  if (resident !== undefined) {
    add(rows, columns, resident + start * size, row * size, x, y);
    return;
  }
  eachPartOfRows(matrix, part, (at, i, lines, l, terms) => {
    add(lines, terms, at.offset, at.row, x + l * size, y + i * size);
  });
}

/** The columns of the matrix are contiguous. */
function addColumns(matrix: Matrix, x: number, y: number, part: number, out: Floats): void {
  const kernels = products.kernels()!;
  const add = out instanceof Float64Array ? kernels.columns64 : kernels.columns32;
  const size = out.BYTES_PER_ELEMENT;
  const { resident, start, rows, columns, column } = matrix;
  if (resident !== undefined) {
    add(rows, columns, resident + start * size, column * size, x, size, y);
    return;
  }
  eachPartOfColumns(matrix, part, (at, l, terms, i, lines) => {
    add(lines, terms, at.offset, at.column, x + l * size, size, y + i * size);
  });
}
