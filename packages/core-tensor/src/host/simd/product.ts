import { products, scratch } from "../../simd/index.js";
import { memoryLike, place, room, type Floats, type Matrix } from "./matrix.js";

/** Parts of this many rows and columns are copied and multiplied at once: three of them are 24 MB. */
const PANEL = 1024;

/** Room for the parts of a product of these sizes, or undefined where there is none. */
function panels(m: number, n: number, k: number, out: Floats, work: number) {
  const [rows, columns, terms] = [evenPart(m), evenPart(n), evenPart(k)];
  const a = room(rows * terms, out);
  const b = room(terms * columns, out);
  const c = room(rows * columns, out);
  const start = scratch(a + b + c + work);
  if (start === undefined) return undefined;
  return { rows, columns, terms, a: start, b: start + a, c: start + a + b, work: start + a + b + c };
}

/** The length of the parts, none much shorter than the others, of `length` elements. */
function evenPart(length: number): number {
  const parts = Math.max(1, Math.ceil(length / PANEL));
  return Math.max(1, Math.ceil(length / parts));
}

/** out = A B from `to` on; false, and nothing done, where there is no memory for it. */
export function product(left: Matrix, right: Matrix, out: Floats, to: number): boolean {
  const { rows: m, columns: k } = left;
  const n = right.columns;
  const kernels = products.kernels()!;
  const gemm = out instanceof Float64Array ? kernels.gemm64 : kernels.gemm32;
  const at = panels(m, n, k, out, kernels.gemmWork());
  if (at === undefined) return false;
  const memory = memoryLike(out);
  const size = out.BYTES_PER_ELEMENT;
  const c = at.c / size;
  for (let i = 0; i < m; i += at.rows) {
    const rows = Math.min(at.rows, m - i);
    for (let j = 0; j < n; j += at.columns) {
      const columns = Math.min(at.columns, n - j);
      memory.fill(0, c, c + rows * columns);
      for (let l = 0; l < k; l += at.terms) {
        const terms = Math.min(at.terms, k - l);
        const a = place(left, i, rows, l, terms, at.a);
        const b = place(right, l, terms, j, columns, at.b);
        gemm(
          rows,
          columns,
          terms,
          a.offset,
          a.row,
          a.column,
          b.offset,
          b.row,
          b.column,
          at.c,
          columns * size,
          at.work,
        );
      }
      for (let row = 0; row < rows; row++) {
        const from = c + row * columns;
        out.set(memory.subarray(from, from + columns), to + (i + row) * n + j);
      }
    }
  }
  return true;
}
